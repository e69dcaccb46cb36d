import { candles, entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { warmingUp } from './why.ts';

/**
 * Average True Range (Wilder), in price: how far a candle reaches, gaps included.
 *
 * Seeded with the plain mean of true ranges 1 to `period` (the first candle has no previous close and is not used),
 * then Wilder smoothing: first value on candle period + 1, as in TA-Lib.
 *
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems (1978), ch. 3
 */
export const atr = entry({
  name: 'atr',
  summary: 'Average True Range, in price',
  params: { period: candles(14) },
  shorthand: 'period',
  create: ({ period }) => createAtr(period),
});

export function createAtr(period: number): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const state = { previousClose: 0, mean: 0, seen: 0 };
  return {
    out,
    next(candle) {
      const previousClose = state.previousClose;
      state.previousClose = candle.close;
      if (state.seen === 0) {
        state.seen = 1;
        return;
      }
      const range = Math.max(candle.high, previousClose) - Math.min(candle.low, previousClose);
      if (state.seen > period) {
        state.mean += (range - state.mean) / period;
        out[0] = state.mean;
        return;
      }
      state.mean += range;
      state.seen += 1;
      if (state.seen > period) {
        state.mean /= period;
        out[0] = state.mean;
      }
    },
    why: () => (state.seen > period ? undefined : warmingUp(state.seen, period + 1)),
  };
}
