import { entry } from '../indicators/entry.ts';
import { body, createPattern, longer, lowerWick, type Prices, range, upperWick } from './shape.ts';

/** Lower wick over twice the body, upper wick under half of it, body under 60 % of the range. */
export const hammer = entry({
  name: 'hammer',
  summary: 'Small body at the top of a long lower wick',
  kind: 'boolean',
  create: () => createPattern(isHammer),
});

function isHammer(candle: Prices): boolean {
  const length = body(candle);
  return (
    longer(lowerWick(candle), 2 * length, candle) &&
    longer(length / 2, upperWick(candle), candle) &&
    longer(0.6 * range(candle), length, candle)
  );
}
