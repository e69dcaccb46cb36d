import type { Charges } from './costs.ts';
import type { Direction } from './plan.ts';

export type ExitReason = 'stop' | 'target' | 'square_off' | 'no_data' | 'feed_ended';

/**
 * A finished round trip, as results see it. Money is integer minor units; prices are decimals.
 *
 * gross − slippage − charges = net, exactly: `grossPnl` is at prices before slippage, `slippage` is what the fills
 * gave away, `charges` is the sum of the itemised fees.
 */
export type Trade = {
  readonly correlationId: string;
  readonly symbol: string;
  readonly strategy: string;
  readonly timeframe: string;
  readonly direction: Direction;
  /** Exchange date of the session it was opened in. */
  readonly sessionDate: string;
  readonly signalAt: number;
  readonly entryAt: number;
  readonly exitAt: number;
  /** Units, not lots. */
  readonly qty: number;
  /** Fill prices, slippage included. */
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly stop: number;
  readonly target: number;
  readonly exitReason: ExitReason;
  readonly grossPnl: number;
  readonly slippage: number;
  readonly charges: number;
  readonly fees: Charges;
  readonly netPnl: number;
  /** Minor units: qty × (|worst entry − stop| + costs and slippage per unit), fixed at approval: 1 R for ever. */
  readonly riskAmount: number;
  /** riskAmount ÷ E in percent: a cut quantity risks less than the setting. */
  readonly riskPct: number;
  readonly pnlR: number;
  /** Worst and best excursion per unit in price, both ≥ 0. */
  readonly mae: number;
  readonly mfe: number;
  readonly maeR: number;
  readonly mfeR: number;
  /** Candles of its life that left the order of stop, target and entry open. */
  readonly ambiguous: number;
};
