import { candles, entry, factor } from './entry.ts';
import { createVolumeReading } from './volume-window.ts';

/** True where the volume is at least `factor` times the mean of the `period` candles before it. */
export const volumeSpike = entry({
  name: 'volume_spike',
  summary: 'Volume at least 1.5 times the mean of the 20 candles before',
  kind: 'boolean',
  params: { period: candles(20), factor: factor(1.5) },
  needsVolume: true,
  // Multiplied out, so that whole volumes are compared exactly.
  create: (params) =>
    createVolumeReading(params.period, (volume, before) =>
      volume * params.period >= params.factor * before.sum ? 1 : 0,
    ),
});
