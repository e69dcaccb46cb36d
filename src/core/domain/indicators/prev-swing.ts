import { createPivots } from '../structure/pivots.ts';
import { candles, entry } from './entry.ts';
import type { Indicator } from './indicator.ts';

/**
 * Price of the last pivot high that was known before this candle: a pivot confirmed by this candle counts from the
 * next one on, so that a candle cannot break a level that it has made itself.
 */
export const prevSwingHigh = prevSwing(
  'prev_swing_high',
  'Last confirmed swing high known before this candle',
  'high',
);

/** Price of the last pivot low, likewise. */
export const prevSwingLow = prevSwing(
  'prev_swing_low',
  'Last confirmed swing low known before this candle',
  'low',
);

function prevSwing(name: string, summary: string, side: 'high' | 'low') {
  return entry({
    name,
    summary,
    params: { left: candles(3), right: candles(3) },
    create: ({ left, right }) => createPrevSwing(left, right, side),
  });
}

function createPrevSwing(left: number, right: number, side: 'high' | 'low'): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const pivots = createPivots(left, right);
  const known = { price: Number.NaN };
  return {
    out,
    next(candle) {
      out[0] = known.price;
      pivots.next(candle);
      const confirmed = side === 'high' ? pivots.high : pivots.low;
      if (!Number.isNaN(confirmed)) known.price = confirmed;
    },
    why: () => (Number.isNaN(out[0]) ? `no swing ${side} confirmed yet` : undefined),
  };
}
