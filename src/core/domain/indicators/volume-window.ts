import type { Candle } from '../market/candle.ts';
import type { Indicator } from './indicator.ts';
import { RollingSum } from './rolling-sum.ts';
import { NO_VOLUME, warmingUp } from './why.ts';

/**
 * A reading that sets a candle's volume against the `period` candles before it (the candle itself does not count).
 *
 * Undefined without volume, until the window is full, and where nothing was traded in it: nothing is a multiple of
 * nothing. A candle without volume starts the window anew; nothing is invented for it.
 *
 * Fractions leave noise in a rolling sum: that nothing was traded is told by the candles in a row that traded nothing.
 *
 * @param read value from the candle's volume and the window before it; its sum is above 0
 */
export function createVolumeReading(
  period: number,
  read: (volume: number, before: RollingSum) => number,
): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const before = new RollingSum(period);
  const state = { seenBefore: 0, missing: false, idle: 0 };

  function next(candle: Candle): void {
    const { volume } = candle;
    state.missing = Number.isNaN(volume);
    state.seenBefore = before.seen;
    if (state.missing) {
      before.clear();
      state.idle = 0;
      out[0] = Number.NaN;
      return;
    }
    const traded = state.idle < period && before.sum > 0;
    out[0] = before.seen === period && traded ? read(volume, before) : Number.NaN;
    before.push(volume);
    state.idle = volume > 0 ? 0 : state.idle + 1;
  }

  function why(): string | undefined {
    if (!Number.isNaN(out[0])) return undefined;
    if (state.missing) return NO_VOLUME;
    if (state.seenBefore < period) return warmingUp(state.seenBefore, period);
    return `nothing traded in the ${period} candles before`;
  }
  return { out, next, why };
}
