import type { Instrument } from '../market/instrument.ts';
import type { EntryKind } from '../trading/plan.ts';
import { moveTicks } from '../trading/tick-grid.ts';
import type { FillModel } from './settings.ts';

/** An entry order with its stop and target, as the matching sees it. Prices are decimals; `sign` is 1 long, -1 short. */
export type Bracket = {
  readonly sign: 1 | -1;
  readonly kind: EntryKind;
  /** Limit or trigger of a limit or stop entry; the decision close of a market entry. */
  readonly price: number;
  /** A market entry fills no worse than this. */
  readonly limit: number;
  readonly stop: number;
  readonly target: number;
  /** How far the candle must trade for a limit entry at `price` to fill. */
  readonly entryThrough: number;
  /** How far it must trade for the target to fill. */
  readonly targetThrough: number;
};

/** `pessimistic` fills a limit only when the candle trades one tick beyond it; the other models fill on touch. */
export function createBracket(
  { sign, kind, price, limit, stop, target }: Omit<Bracket, 'entryThrough' | 'targetThrough'>,
  model: FillModel,
  instrument: Instrument,
): Bracket {
  const touch = model !== 'pessimistic';
  return {
    sign,
    kind,
    price,
    limit,
    stop,
    target,
    entryThrough: touch ? price : moveTicks(price, -sign, instrument),
    targetThrough: touch ? target : moveTicks(target, sign, instrument),
  };
}
