import type { Study } from '../../domain/mse/study/study.ts';
import type { Span } from '../line.ts';
import { formatPrice } from '../numbers.ts';
import { padText } from '../text-width.ts';
import { type Frame, priceColumns } from './frame.ts';
import { isOrder, type LevelLine } from './levels.ts';
import type { Scale } from './scale.ts';

/** What stands right of each row: the levels on it, the first one with its price; else a round price, or nothing. */
export function priceAxis(study: Study, { scale, lines }: Frame): readonly (readonly Span[])[] {
  const width = priceColumns(study);
  const price = (value: number): string =>
    padText(formatPrice(value, study.instrument.decimals), width, 'right');
  const named = new Map<number, LevelLine[]>();
  for (const line of lines.filter((each) => isOrder(each) || scale.shows(each.price))) {
    const row = scale.row(line.price);
    named.set(row, [...(named.get(row) ?? []), line]);
  }
  const ticks = new Map(scale.ticks.map((tick) => [scale.row(tick), tick]));
  return Array.from({ length: scale.rows }, (_, row) => {
    const [first, ...others] = named.get(row) ?? [];
    const tick = ticks.get(row);
    if (first !== undefined) {
      const tags = [...new Set([first, ...others].map(({ tag }) => tag))].join(' ');
      const text = `${price(first.price)} ${tags}${arrowOf(first, scale)}`;
      return [axis('┤'), { text, tone: first.tone }];
    }
    return tick === undefined ? [axis('│')] : [axis('┤'), { text: price(tick), tone: 'dim' }];
  });
}

/** An order too far away to be drawn is named at the edge. */
function arrowOf({ price }: LevelLine, scale: Scale): string {
  if (scale.shows(price)) return '';
  return scale.row(price) === 0 ? ' ↑' : ' ↓';
}

function axis(text: string): Span {
  return { text, tone: 'dim' };
}
