import type { Indicator } from '../indicators/indicator.ts';
import { TIE } from '../indicators/tie.ts';
import { warmingUp } from '../indicators/why.ts';
import type { Candle } from '../market/candle.ts';

/** The part of a candle that patterns look at. */
export type Prices = Pick<Candle, 'open' | 'high' | 'low' | 'close'>;

export const body = ({ open, close }: Prices) => Math.abs(close - open);
export const range = ({ high, low }: Prices) => high - low;
export const upperWick = ({ open, high, close }: Prices) => high - Math.max(open, close);
export const lowerWick = ({ open, low, close }: Prices) => Math.min(open, close) - low;

/**
 * Whether one length of a candle is longer than another. Lengths are differences of prices, so their rounding noise
 * is a share of the price, not of the length: on a tick grid "wick is twice the body" is often exactly equal.
 */
export function longer(length: number, other: number, { high }: Prices): boolean {
  return length - other > TIE * Math.abs(high);
}

/** A pattern of one candle: `out` is 1 where it is there, 0 where not. */
export function createPattern(isThere: (candle: Prices) => boolean): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  return {
    out,
    next(candle) {
      out[0] = isThere(candle) ? 1 : 0;
    },
    why: () => (Number.isNaN(out[0]) ? warmingUp(0, 1) : undefined),
  };
}

/** A pattern of a candle and the one before it. */
export function createPairPattern(isThere: (before: Prices, candle: Prices) => boolean): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const before = { open: 0, high: 0, low: 0, close: 0 };
  let seen = 0;
  return {
    out,
    next(candle) {
      if (seen > 0) out[0] = isThere(before, candle) ? 1 : 0;
      seen = seen < 2 ? seen + 1 : 2;
      before.open = candle.open;
      before.high = candle.high;
      before.low = candle.low;
      before.close = candle.close;
    },
    why: () => (Number.isNaN(out[0]) ? warmingUp(seen, 2) : undefined),
  };
}
