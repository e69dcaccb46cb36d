import { entry } from '../indicators/entry.ts';
import { createPairPattern, type Prices } from './shape.ts';

/** A falling body covered by the rising body after it; one end may be equal, not both. */
export const bullishEngulfing = entry({
  name: 'bullish_engulfing',
  summary: 'A rising body that covers the falling body before it',
  kind: 'boolean',
  create: () =>
    createPairPattern(
      (before, candle) => before.close < before.open && candle.close > candle.open && covers(candle, before),
    ),
});

/** A rising body covered by the falling body after it; one end may be equal, not both. */
export const bearishEngulfing = entry({
  name: 'bearish_engulfing',
  summary: 'A falling body that covers the rising body before it',
  kind: 'boolean',
  create: () =>
    createPairPattern(
      (before, candle) => before.close > before.open && candle.close < candle.open && covers(candle, before),
    ),
});

function covers(candle: Prices, before: Prices): boolean {
  const top = Math.max(candle.open, candle.close) - Math.max(before.open, before.close);
  const bottom = Math.min(before.open, before.close) - Math.min(candle.open, candle.close);
  return top >= 0 && bottom >= 0 && top + bottom > 0;
}
