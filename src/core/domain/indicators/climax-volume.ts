import { candles, entry, factor } from './entry.ts';
import { createVolumeReading } from './volume-window.ts';

/**
 * True where the volume is at least `factor` times the mean of the `period` candles before it, and no candle of the
 * last `period` (this one among them) had more.
 */
export const climaxVolume = entry({
  name: 'climax_volume',
  summary: 'Volume at least 3 times the mean of the 20 candles before, and the highest of the last 20',
  kind: 'boolean',
  params: { period: candles(20), factor: factor(3) },
  needsVolume: true,
  create: (params) =>
    createVolumeReading(params.period, (volume, before) => {
      if (volume * params.period < params.factor * before.sum) return 0;
      return volume >= before.maxOfLatest(params.period - 1) ? 1 : 0;
    }),
});
