import type { Study } from '../../domain/mse/study/study.ts';
import type { Style } from '../style.ts';
import { textWidth } from '../text-width.ts';

/** What the signs of the picture mean, those that are on it: in lines that break between two of them. */
export function legendOf(study: Study, plot: string, { width }: Style): readonly string[] {
  const signs: readonly (readonly [sign: string, meaning: string])[] = [
    ['┃', 'rise'],
    ['█', 'fall'],
    ['│', 'wick'],
    ['•', 'VWAP'],
    ['░', 'open gap'],
    ['═', 'equal highs or lows'],
    ['╌', "previous day's high or low"],
    ['─', 'untaken pivot'],
    ['┈', 'last break'],
    ['×', 'sweep'],
    ['━', study.outcome.plan === undefined ? 'close' : 'plan'],
  ];
  const lines: string[] = [];
  for (const [sign, meaning] of signs.filter(([each]) => plot.includes(each))) {
    const item = `${sign} ${meaning}`;
    const longer = `${lines.at(-1)} · ${item}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
