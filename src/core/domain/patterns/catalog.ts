import { catalogOf } from '../indicators/entry.ts';
import { doji } from './doji.ts';
import { bearishEngulfing, bullishEngulfing } from './engulfing.ts';
import { hammer } from './hammer.ts';
import { insideBar } from './inside-bar.ts';
import { pinbar } from './pinbar.ts';

/** Every candle pattern that strategies.json can name. To add one: write its file, add its line. */
export const patternCatalog = catalogOf([
  bullishEngulfing,
  bearishEngulfing,
  hammer,
  pinbar,
  doji,
  insideBar,
]);
