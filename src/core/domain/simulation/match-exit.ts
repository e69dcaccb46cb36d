import type { Candle } from '../market/candle.ts';
import type { Bracket } from './bracket.ts';
import type { FillModel } from './settings.ts';

/** How a position came into the candle: it was open before, or it was entered at this candle's open, or inside it. */
export type Carried = 'carried' | 'entered_at_open' | 'entered_inside';

/** Where an exit fills. `price` is before slippage. */
export type ExitMatch = {
  readonly reason: 'stop' | 'target';
  readonly price: number;
  readonly atOpen: boolean;
};

/**
 * Meets a position's bracket with a candle: the open first (beyond the stop: out at the open; beyond the target: the
 * same), then the stop before the target. A position entered inside the candle is out at a touched stop, and its target
 * never counts in that candle.
 *
 * `oracle`: the stop first always; a conditional entry's bracket lives from the next candle, but for a stop entry whose
 * target is touched while its stop is not.
 */
export function matchExit(
  bracket: Bracket,
  candle: Candle,
  carried: Carried,
  model: FillModel,
): ExitMatch | undefined {
  if (model === 'oracle') return matchExitOracle(bracket, candle, carried);
  if (carried === 'entered_inside') {
    return touchesStop(bracket, candle) ? { reason: 'stop', price: bracket.stop, atOpen: false } : undefined;
  }
  const { sign, stop, target, targetThrough } = bracket;
  if (sign * (candle.open - stop) <= 0) return { reason: 'stop', price: candle.open, atOpen: true };
  if (sign * (candle.open - targetThrough) >= 0)
    return { reason: 'target', price: candle.open, atOpen: true };
  if (touchesStop(bracket, candle)) return { reason: 'stop', price: stop, atOpen: false };
  if (!reachesTarget(bracket, candle)) return undefined;
  return { reason: 'target', price: better(sign, target, candle.open), atOpen: false };
}

function matchExitOracle(bracket: Bracket, candle: Candle, carried: Carried): ExitMatch | undefined {
  const stopped = touchesStop(bracket, candle);
  const reached = reachesTarget(bracket, candle);
  const { sign, stop, target } = bracket;
  const conditional = bracket.kind !== 'market' && carried !== 'carried';
  if (stopped && !conditional) {
    return {
      reason: 'stop',
      price: better(-sign, stop, candle.open),
      atOpen: sign * (candle.open - stop) <= 0,
    };
  }
  if (!reached || (conditional && (stopped || bracket.kind === 'limit'))) return undefined;
  return {
    reason: 'target',
    price: better(sign, target, candle.open),
    atOpen: sign * (candle.open - target) >= 0,
  };
}

/** Whether the candle comes to neither stop nor target: nothing to decide, whatever the model. Most candles are so. */
export function isQuiet(bracket: Bracket, candle: Candle): boolean {
  return bracket.sign === 1
    ? candle.low > bracket.stop && candle.high < bracket.targetThrough
    : candle.high < bracket.stop && candle.low > bracket.targetThrough;
}

/**
 * Whether the outcome in this candle hangs on the unknown order of prices inside it: stop and target both in its range
 * with neither decided at the open, or an entry inside it that also saw its stop (a stop entry's may have come first)
 * or its target.
 */
export function isAmbiguous(bracket: Bracket, candle: Candle, carried: Carried): boolean {
  const stopped = touchesStop(bracket, candle);
  const reached = reachesTarget(bracket, candle);
  if (carried === 'entered_inside') return reached || (stopped && bracket.kind === 'stop');
  const { sign, stop, targetThrough } = bracket;
  const decidedAtOpen = sign * (candle.open - stop) <= 0 || sign * (candle.open - targetThrough) >= 0;
  return stopped && reached && !decidedAtOpen;
}

function touchesStop({ sign, stop }: Bracket, candle: Candle): boolean {
  return sign === 1 ? candle.low <= stop : candle.high >= stop;
}

function reachesTarget({ sign, targetThrough }: Bracket, candle: Candle): boolean {
  return sign === 1 ? candle.high >= targetThrough : candle.low <= targetThrough;
}

/** The price better for one who sells (`sign` 1) or buys (-1). */
function better(sign: number, a: number, b: number): number {
  return sign > 0 ? Math.max(a, b) : Math.min(a, b);
}
