import type { Candle } from '../market/candle.ts';
import { createPivots } from '../structure/pivots.ts';
import { candles, choice, entry } from './entry.ts';
import type { Indicator } from './indicator.ts';

/**
 * How much of the last confirmed up-leg the market has given back: (H − lowest low since H) ÷ (H − L). 0 is nothing,
 * 0.5 half, above 1 more than the leg. `direction: short` mirrors it: (highest high since L − L) ÷ (H − L) of the
 * last confirmed down-leg.
 *
 * A leg runs from a swing low L to the swing high H after it; swings alternate, and a more extreme pivot of the same
 * side replaces the one before it. Pivots confirmed by this candle count. The candle of H itself is part of the leg.
 *
 * @see ../structure/pivots.ts
 */
export const pullbackDepth = entry({
  name: 'pullback_depth',
  summary: 'Share of the last confirmed leg that was given back: 0.382 is 38.2 %',
  params: { direction: choice('long', 'short'), left: candles(3), right: candles(3) },
  create: ({ direction, left, right }) => createPullbackDepth(direction, left, right),
});

/** Everything below reads a leg upwards. For a short all prices change their sign, which turns highs into lows. */
function createPullbackDepth(direction: 'long' | 'short', left: number, right: number): Indicator {
  const long = direction === 'long';
  const out = new Float64Array(1).fill(Number.NaN);
  const pivots = createPivots(left, right);
  /** Opposing extremes of the last `right` candles: those after a high that has just been confirmed. */
  const recent = new Float64Array(right).fill(Number.NaN);
  const state = {
    at: 0,
    low: Number.NaN,
    high: Number.NaN,
    rising: false,
    from: Number.NaN,
    to: Number.NaN,
    deepest: 0,
  };

  function next(candle: Candle): void {
    const low = long ? candle.low : -candle.high;
    recent[state.at] = low;
    state.at = (state.at + 1) % right;
    if (low < state.deepest) state.deepest = low;
    pivots.next(candle);
    const newHigh = long ? pivots.high : -pivots.low;
    const newLow = long ? pivots.low : -pivots.high;
    if (pivots.lowFirst === long) {
      onLow(newLow);
      onHigh(newHigh);
    } else {
      onHigh(newHigh);
      onLow(newLow);
    }
    out[0] = (state.to - state.deepest) / (state.to - state.from);
  }

  function onLow(price: number): void {
    if (Number.isNaN(price) || (!state.rising && price >= state.low)) return;
    state.low = price;
    state.rising = false;
  }

  function onHigh(price: number): void {
    if (Number.isNaN(price) || (state.rising && price <= state.high)) return;
    state.high = price;
    state.rising = true;
    if (price > state.low) confirmLeg();
  }

  function confirmLeg(): void {
    state.from = state.low;
    state.to = state.high;
    state.deepest = Number.POSITIVE_INFINITY;
    for (const low of recent) state.deepest = Math.min(state.deepest, low);
  }

  const why = () => (Number.isNaN(out[0]) ? `no ${long ? 'up' : 'down'}-leg confirmed yet` : undefined);
  return { out, next, why };
}
