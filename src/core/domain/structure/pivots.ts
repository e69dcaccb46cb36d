import type { Candle } from '../market/candle.ts';

/**
 * Pivot highs and lows with confirmation: a high above the `left` highs before it and not below the `right` highs
 * after it (the first candle of a plateau wins); lows mirrored. Known `right` candles after it formed, never before.
 *
 * After `next`, the fields tell what that candle confirmed: NaN where it confirmed nothing.
 *
 * @see notes on market structure, "Pivot(L,R)": fractals with plateau rule
 */
export interface Pivots {
  next(candle: Candle): void;
  /** Price of the pivot high confirmed by the last candle, or NaN. */
  readonly high: number;
  /** Price of the pivot low confirmed by the last candle, or NaN. */
  readonly low: number;
  /** Open time of the candle on which the confirmed pivots formed (`right` candles back), UTC epoch ms; NaN before there is one. */
  readonly formedAt: number;
  /** When one candle is both: the low came first (it closed at or above its open). */
  readonly lowFirst: boolean;
}

export function createPivots(left: number, right: number): Pivots {
  const size = left + right + 1;
  const highs = new Float64Array(size);
  const lows = new Float64Array(size);
  const rising = new Uint8Array(size);
  const openAts = new Float64Array(size);
  let seen = 0;

  const pivots = {
    high: Number.NaN,
    low: Number.NaN,
    formedAt: Number.NaN,
    lowFirst: false,
    next(candle: Candle): void {
      const at = seen % size;
      highs[at] = candle.high;
      lows[at] = candle.low;
      rising[at] = candle.close >= candle.open ? 1 : 0;
      openAts[at] = candle.openAt;
      seen += 1;
      pivots.high = Number.NaN;
      pivots.low = Number.NaN;
      if (seen < size) return;
      const oldest = seen % size;
      const middle = (oldest + left) % size;
      pivots.formedAt = openAts[middle] ?? Number.NaN;
      pivots.lowFirst = rising[middle] === 1;
      const high = highs[middle] ?? Number.NaN;
      const low = lows[middle] ?? Number.NaN;
      if (isPeak(highs, oldest, left, high, 1)) pivots.high = high;
      if (isPeak(lows, oldest, left, low, -1)) pivots.low = low;
    },
  };
  return pivots;
}

/** `sign` 1 looks for a high, -1 for a low: strict against the candles before, not beyond by those after. */
function isPeak(ring: Float64Array, oldest: number, left: number, peak: number, sign: 1 | -1): boolean {
  const size = ring.length;
  for (let k = 0; k < size; k += 1) {
    if (k === left) continue;
    const other = ring[(oldest + k) % size] ?? Number.NaN;
    const ahead = (peak - other) * sign;
    if (k < left ? !(ahead > 0) : !(ahead >= 0)) return false;
  }
  return true;
}
