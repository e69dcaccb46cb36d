import { atr } from './atr.ts';
import { close, high, low, open, volume } from './candle-field.ts';
import { climaxVolume } from './climax-volume.ts';
import { ema } from './ema.ts';
import { catalogOf } from './entry.ts';
import { orbHigh, orbLow } from './opening-range.ts';
import { prevSwingHigh, prevSwingLow } from './prev-swing.ts';
import { pullbackDepth } from './pullback-depth.ts';
import { rsi } from './rsi.ts';
import { bearishRsiDiv, bullishRsiDiv } from './rsi-divergence.ts';
import { rvol } from './rvol.ts';
import { sma } from './sma.ts';
import { time } from './time.ts';
import { volumeSpike } from './volume-spike.ts';
import { vwap } from './vwap.ts';

/** Every reading that strategies.json can name. To add one: write its file, add its line. */
export const indicatorCatalog = catalogOf([
  open,
  high,
  low,
  close,
  volume,
  time,
  ema,
  sma,
  rsi,
  atr,
  rvol,
  volumeSpike,
  climaxVolume,
  orbHigh,
  orbLow,
  prevSwingHigh,
  prevSwingLow,
  pullbackDepth,
  bullishRsiDiv,
  bearishRsiDiv,
  vwap,
]);
