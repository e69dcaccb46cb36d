/** Itemised charges of one fill or of one close, in integer minor units (paise, cents), by the name on the contract note. */
export type Charges = Readonly<Record<string, number>>;

export type Side = 'buy' | 'sell';

/** One execution, as a cost model sees it. `notional` is qty × price in integer minor units, rounded once by the ledger. */
export type ChargeableFill = {
  /** Fills of one order pay the broker's per-order fee once. */
  readonly orderId: string;
  readonly side: Side;
  /** Units (shares, coins), not lots. */
  readonly qty: number;
  /** Integer minor units. */
  readonly notional: number;
};

/**
 * What one symbol's trading costs on one session date.
 *
 * Each charge is booked as (the rounded total so far) less (what was booked before), so that the day's sum is the
 * contract note's figure to the minor unit and no fill knows the future.
 */
export interface ChargeBook {
  /** Books a fill and returns what it adds. */
  fill(fill: ChargeableFill): Charges;
  /** Charges the law reckons on the day (STT, stamp duty): total due now less what was booked. Called when the position is flat. */
  close(): Charges;
}

/** Uncapped rates for sizing: money per unit = price × ratio + perUnit. */
export type CostRates = {
  readonly buyRatio: number;
  readonly sellRatio: number;
  /** Currency units per unit traded and side (IBKR: 0.005 a share). */
  readonly perUnit: number;
};

/** Dated, itemised charges of one broker on one market. Everything is a function of its arguments: no clock. */
export interface CostModel {
  readonly name: string;
  /** One line for the report's assumptions: broker, product, state, rounding. */
  readonly summary: string;
  /** Order of the items on a report: every name that `Charges` of this model may bear. */
  readonly items: readonly string[];
  /** `date` is the session's exchange date, YYYY-MM-DD. */
  rates(date: string): CostRates;
  openBook(date: string): ChargeBook;
  /** A sentence when `date` lies outside every schedule and the nearest one is used; undefined when it is covered. */
  outsideSchedule(date: string): string | undefined;
}
