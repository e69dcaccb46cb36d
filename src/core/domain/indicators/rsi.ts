import { candles, entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { readerOf, type Source } from './source.ts';
import { NO_VOLUME, warmingUp } from './why.ts';

/** Below this TA-Lib takes a sum of movements for zero. */
const NO_MOVEMENT = 1e-14;

/**
 * Relative Strength Index (Wilder): share of recent movement that was upward, 0 to 100.
 *
 * Seeded with the plain mean of the first `period` changes, then Wilder smoothing: first value on candle period + 1.
 * A window with no losses reads 100; one with no movement at all reads 0, as in TA-Lib.
 *
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems (1978), ch. 6
 */
export const rsi = entry({
  name: 'rsi',
  summary: 'Relative Strength Index, 0 to 100',
  params: { period: candles(14, 2) },
  shorthand: 'period',
  source: 'close',
  create: ({ period }, source) => createRsi(period, source),
});

export function createRsi(period: number, source: Source): Indicator {
  const read = readerOf(source);
  const out = new Float64Array(1).fill(Number.NaN);
  /** `seen` counts candles; the first has no change. */
  const state = { previous: 0, gain: 0, loss: 0, seen: 0, missing: false };

  function restart(value: number): void {
    state.missing = Number.isNaN(value);
    state.seen = state.missing ? 0 : 1;
    state.previous = value;
    state.gain = 0;
    state.loss = 0;
    out[0] = Number.NaN;
  }

  function seed(up: number, down: number): void {
    state.gain += up;
    state.loss += down;
    state.seen += 1;
    if (state.seen <= period) return;
    state.gain /= period;
    state.loss /= period;
    out[0] = share(state.gain, state.loss);
  }

  return {
    out,
    next(candle) {
      const value = read(candle);
      if (state.seen === 0 || Number.isNaN(value)) {
        restart(value);
        return;
      }
      const change = value - state.previous;
      state.previous = value;
      const up = change > 0 ? change : 0;
      const down = change < 0 ? -change : 0;
      if (state.seen <= period) {
        seed(up, down);
        return;
      }
      state.gain += (up - state.gain) / period;
      state.loss += (down - state.loss) / period;
      out[0] = share(state.gain, state.loss);
    },
    why() {
      if (state.seen > period) return undefined;
      return state.missing ? NO_VOLUME : warmingUp(state.seen, period + 1);
    },
  };
}

function share(gain: number, loss: number): number {
  const movement = gain + loss;
  return movement < NO_MOVEMENT ? 0 : (100 * gain) / movement;
}
