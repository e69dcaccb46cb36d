import type { PlanValidated } from '../events/events.ts';
import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';
import type { Bracket } from '../simulation/bracket.ts';
import type { Charges } from '../trading/costs.ts';
import type { FillMoney } from './ledger.ts';

/** An accepted entry order, to be met by the symbol's candles from the next instant on. */
export type WorkingOrder = {
  readonly plan: PlanValidated;
  readonly slot: number;
  readonly bracket: Bracket;
  /** Exchange date of the session it was accepted in. */
  readonly date: string;
};

/** Open exposure with the exits that protect it. */
export type Position = WorkingOrder & {
  readonly entryAt: number;
  /** Paid, slippage included. */
  readonly entryPrice: number;
  readonly entry: FillMoney;
  /** Sum of the entry's charges, integer minor units. */
  readonly entryCharges: number;
  /** Charges of days that ended while it was open. */
  settled: Charges;
  /** Worst and best excursion per unit so far, in price, ≥ 0. */
  mae: number;
  mfe: number;
  /** Candles so far that left the order of stop, target and entry open. */
  ambiguous: number;
};

/** A price seen while the position was open. */
export function see(position: Position, price: number): void {
  const move = (price - position.entryPrice) * position.bracket.sign;
  if (move > position.mfe) position.mfe = move;
  else if (-move > position.mae) position.mae = -move;
}

/** A whole candle seen while the position was open. */
export function seeCandle(position: Position, candle: Candle): void {
  const { entryPrice } = position;
  const long = position.bracket.sign === 1;
  const best = long ? candle.high - entryPrice : entryPrice - candle.low;
  const worst = long ? entryPrice - candle.low : candle.high - entryPrice;
  if (best > position.mfe) position.mfe = best;
  if (worst > position.mae) position.mae = worst;
}

/**
 * Whole candles, likewise, of rows that come to neither stop nor target; gives the first that does, or `to`. One loop
 * over two columns: most of a position's life passes here.
 */
export function seeQuietRows(
  position: Position,
  { high, low }: CandleTape,
  from: number,
  to: number,
): number {
  const { sign, stop, targetThrough } = position.bracket;
  const floor = sign === 1 ? stop : targetThrough;
  const ceiling = sign === 1 ? targetThrough : stop;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let row = from;
  for (; row < to; row += 1) {
    const top = high[row] ?? Number.NaN;
    const bottom = low[row] ?? Number.NaN;
    if (!(bottom > floor && top < ceiling)) break;
    if (top > highest) highest = top;
    if (bottom < lowest) lowest = bottom;
  }
  if (row > from) {
    see(position, highest);
    see(position, lowest);
  }
  return row;
}
