import { choice, entry } from '../indicators/entry.ts';
import { body, createPattern, longer, lowerWick, type Prices, range, upperWick } from './shape.ts';

/**
 * One wick at least twice the body, the other at most a fifth of it; a candle without range is no pinbar.
 * `direction: long` asks for the lower wick (low prices were refused), `short` for the upper, `any` for either.
 */
export const pinbar = entry({
  name: 'pinbar',
  summary: 'One long wick, next to none on the other side',
  kind: 'boolean',
  params: { direction: choice('any', 'long', 'short') },
  create: ({ direction }) => {
    const long = direction !== 'short';
    const short = direction !== 'long';
    return createPattern((candle) => {
      const down = lowerWick(candle);
      const up = upperWick(candle);
      if (range(candle) <= 0) return false;
      return (long && refuses(down, up, candle)) || (short && refuses(up, down, candle));
    });
  },
});

function refuses(wick: number, other: number, candle: Prices): boolean {
  const length = body(candle);
  return !longer(2 * length, wick, candle) && !longer(other, 0.2 * length, candle);
}
