import type { Study } from '../../domain/mse/study/study.ts';
import type { Dir } from '../../domain/structure/objects.ts';
import type { Tone } from '../style.ts';
import { closeOf } from './sentences.ts';
import { TAGS } from './vocabulary.ts';

/** A price that the chart draws a line at and names on its axis. */
export type LevelLine = {
  readonly price: number;
  readonly tag: string;
  readonly tone: Tone;
  readonly character: string;
  /** Open of the candle it begins on; undefined: right of the last candle, as orders are. */
  readonly fromAt: number | undefined;
};

/** Pivots on each side: more of them would hide the candles. */
const MOST_PIVOTS = 2;

/** Every line, the most important first: its name comes first where several share a row. */
export function linesOf(study: Study): readonly LevelLine[] {
  return [...planLines(study), ...dayLines(study), ...poolLines(study), ...pivotLines(study)];
}

function planLines(study: Study): readonly LevelLine[] {
  const { plan } = study.outcome;
  const line = (price: number, tag: string, tone: Tone): LevelLine => ({
    price,
    tag,
    tone,
    character: '━',
    fromAt: undefined,
  });
  if (plan === undefined) return [line(closeOf(study), TAGS.close, 'strong')];
  return [
    ...plan.targets.map(({ price }) => line(price, TAGS.target, 'good')),
    line(plan.stop, TAGS.stop, 'bad'),
    line(plan.entry.price, TAGS.entry, 'strong'),
  ];
}

function dayLines({ dayLevels: { above, below } }: Study): readonly LevelLine[] {
  return [above, below]
    .filter((level) => level !== undefined)
    .map(({ level, dir, knownAt }) => ({
      price: level,
      tag: dir === 1 ? TAGS.dayHigh : TAGS.dayLow,
      tone: 'warn',
      character: '╌',
      fromAt: knownAt,
    }));
}

function poolLines({ pools }: Study): readonly LevelLine[] {
  return pools.map(({ level, dir, touches, formedAt }) => ({
    price: level,
    tag: `${dir === 1 ? TAGS.equalHighs : TAGS.equalLows} ${touches}`,
    tone: 'warn',
    character: '═',
    fromAt: formedAt,
  }));
}

function pivotLines({ untaken }: Study): readonly LevelLine[] {
  return [...pivotsOf(untaken.above, 1), ...pivotsOf(untaken.below, -1)];
}

function pivotsOf(levels: Study['untaken']['above'], dir: Dir): readonly LevelLine[] {
  return levels
    .filter(({ kind }) => kind === 'pivot')
    .slice(0, MOST_PIVOTS)
    .map(({ level, formedAt }) => ({
      price: level,
      tag: dir === 1 ? TAGS.high : TAGS.low,
      tone: 'dim',
      character: '─',
      fromAt: formedAt,
    }));
}

/** Orders stand right of the last candle. */
export function isOrder({ fromAt }: LevelLine): boolean {
  return fromAt === undefined;
}
