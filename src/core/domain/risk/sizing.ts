import type { Instrument } from '../market/instrument.ts';
import { decimalsOf, mulDivFloor, mulDivRound } from '../trading/money.ts';

export type SizingInput = {
  /** E, integer minor units. */
  readonly equityMinor: number;
  /** Percent of E: 1 is one percent. */
  readonly riskPct: number;
  readonly worstEntry: number;
  readonly stop: number;
  /** Costs and slippage per unit, in price. */
  readonly costPerUnit: number;
};

export type Size = {
  /** Units, a whole number of lots. */
  readonly qty: number;
  /** qty × (|worst entry − stop| + costs and slippage per unit), integer minor units, rounded once. */
  riskMinor(qty: number): number;
};

/** Costs per unit are reckoned this many decimals finer than the price, rounded up. */
const FINER = 4;

/** Ten-thousandths of a percent: the grain of a risk percentage. */
const PCT_GRAIN = 1e4;

/**
 * Sizes positions of one instrument: qty = floor(E × risk % ÷ (|worst entry − stop| + costs and slippage per unit)), to
 * the lot.
 *
 * In whole numbers all through: with floats, 1,000 ÷ (100.15 − 99.95) is 4999.999… and buys one share too few.
 */
export function createSizer(instrument: Instrument, minorDigits: number): (input: SizingInput) => Size {
  const digits = Math.max(instrument.decimals, minorDigits) + FINER;
  const priceScale = 10 ** instrument.decimals;
  const finePerTickOfPrice = 10 ** (digits - instrument.decimals);
  const fineScale = 10 ** digits;
  const finePerMinor = 10 ** (digits - minorDigits);
  const lotScale = 10 ** decimalsOf(instrument.lot);
  const lotUnits = Math.round(instrument.lot * lotScale);

  return ({ equityMinor, riskPct, worstEntry, stop, costPerUnit }) => {
    const distance = Math.abs(Math.round(worstEntry * priceScale) - Math.round(stop * priceScale));
    const finePerUnit = distance * finePerTickOfPrice + Math.ceil(costPerUnit * fineScale - 1e-3);
    const budgetFine = mulDivFloor(
      equityMinor * Math.round(riskPct * PCT_GRAIN),
      finePerMinor,
      100 * PCT_GRAIN,
    );
    const lots =
      finePerUnit > 0 && budgetFine > 0 ? mulDivFloor(budgetFine, lotScale, finePerUnit * lotUnits) : 0;
    return {
      qty: (lots * lotUnits) / lotScale,
      riskMinor: (qty) => mulDivRound(Math.round(qty * lotScale), finePerUnit, lotScale * finePerMinor),
    };
  };
}
