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
  /** Candles after the confirmed high that came back to exactly its price: the rest of its plateau. */
  readonly highRepeats: number;
  readonly lowRepeats: number;
}

export function createPivots(left: number, right: number): Pivots {
  const size = left + right + 1;
  const highs = new Float64Array(size);
  const lows = new Float64Array(size);
  const rising = new Uint8Array(size);
  const openAts = new Float64Array(size);
  let seen = 0;
  let newest = size - 1;
  let middle = left;

  const pivots = {
    high: Number.NaN,
    low: Number.NaN,
    formedAt: Number.NaN,
    lowFirst: false,
    highRepeats: 0,
    lowRepeats: 0,
    next(candle: Candle): void {
      newest = newest + 1 === size ? 0 : newest + 1;
      highs[newest] = candle.high;
      lows[newest] = candle.low;
      rising[newest] = candle.close >= candle.open ? 1 : 0;
      openAts[newest] = candle.openAt;
      pivots.high = Number.NaN;
      pivots.low = Number.NaN;
      seen += 1;
      if (seen < size) return;
      if (seen > size) middle = middle + 1 === size ? 0 : middle + 1;
      pivots.formedAt = openAts[middle] ?? Number.NaN;
      pivots.lowFirst = rising[middle] === 1;
      confirmHigh(highs[middle] ?? Number.NaN);
      confirmLow(lows[middle] ?? Number.NaN);
    },
  };

  function confirmHigh(price: number): void {
    if (!isPeak(highs, middle, 1)) return;
    pivots.high = price;
    pivots.highRepeats = repeats(highs, middle);
  }

  function confirmLow(price: number): void {
    if (!isPeak(lows, middle, -1)) return;
    pivots.low = price;
    pivots.lowRepeats = repeats(lows, middle);
  }

  /** `dir` 1 looks for a high, -1 for a low: not beyond by the candles after, strict against those before. Nearest first: most fail there. */
  function isPeak(ring: Float64Array, at: number, dir: 1 | -1): boolean {
    const peak = ring[at] ?? Number.NaN;
    for (let k = 1, i = at; k <= right; k += 1) {
      i = i + 1 === size ? 0 : i + 1;
      if (!((peak - (ring[i] ?? Number.NaN)) * dir >= 0)) return false;
    }
    for (let k = 1, i = at; k <= left; k += 1) {
      i = i === 0 ? size - 1 : i - 1;
      if (!((peak - (ring[i] ?? Number.NaN)) * dir > 0)) return false;
    }
    return true;
  }

  function repeats(ring: Float64Array, at: number): number {
    let count = 0;
    for (let k = 1; k <= right; k += 1) if (ring[(at + k) % size] === ring[at]) count += 1;
    return count;
  }

  return pivots;
}
