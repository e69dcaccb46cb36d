import { candles, entry } from './entry.ts';
import { createVolumeReading } from './volume-window.ts';

/** Relative volume: the candle's volume ÷ the mean of the `period` candles before it. 1 is usual, 2 twice that. */
export const rvol = entry({
  name: 'rvol',
  summary: 'Volume as a multiple of the mean of the candles before',
  params: { period: candles(20) },
  needsVolume: true,
  create: ({ period }) => createVolumeReading(period, (volume, before) => (volume * period) / before.sum),
});
