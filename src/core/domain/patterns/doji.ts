import { entry } from '../indicators/entry.ts';
import { body, createPattern, longer, range } from './shape.ts';

/** Body at most 10 % of the range. A candle without range is one too, as in TA-Lib. */
export const doji = entry({
  name: 'doji',
  summary: 'Open and close nearly the same',
  kind: 'boolean',
  create: () => createPattern((candle) => !longer(body(candle), 0.1 * range(candle), candle)),
});
