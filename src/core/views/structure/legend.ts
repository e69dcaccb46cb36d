import type { Study } from '../../domain/mse/study/study.ts';

/** What the signs of the picture mean: those that are on it. */
export function legendOf(study: Study, picture: string): string {
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
  return signs
    .filter(([sign]) => picture.includes(sign))
    .map(([sign, meaning]) => `${sign} ${meaning}`)
    .join(' · ');
}
