import { entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { readerOf, type Source } from './source.ts';
import { NO_VOLUME, warmingUp } from './why.ts';

export const open = field('open', 'Open of the evaluated candle');
export const high = field('high', 'High of the evaluated candle');
export const low = field('low', 'Low of the evaluated candle');
export const close = field('close', 'Close of the evaluated candle');
export const volume = field('volume', 'Volume of the evaluated candle');

function field(name: Source, summary: string) {
  return entry({ name, summary, needsVolume: name === 'volume', create: () => createField(name) });
}

function createField(name: Source): Indicator {
  const read = readerOf(name);
  const out = new Float64Array(1).fill(Number.NaN);
  let seen = false;
  return {
    out,
    next(candle) {
      seen = true;
      out[0] = read(candle);
    },
    why() {
      if (!Number.isNaN(out[0])) return undefined;
      return seen ? NO_VOLUME : warmingUp(0, 1);
    },
  };
}
