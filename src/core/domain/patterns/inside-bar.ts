import { entry } from '../indicators/entry.ts';
import { createPairPattern } from './shape.ts';

/** Neither above the high nor below the low of the candle before. */
export const insideBar = entry({
  name: 'inside_bar',
  summary: 'High and low within those of the candle before',
  kind: 'boolean',
  create: () => createPairPattern((before, candle) => candle.high <= before.high && candle.low >= before.low),
});
