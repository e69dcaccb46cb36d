import { nameOf } from '../../domain/mse/plan/reasons.ts';
import type { Study } from '../../domain/mse/study/study.ts';
import { type Dir, objectId, type StructureObject } from '../../domain/structure/objects.ts';
import { onPriceGrid } from '../../domain/trading/tick-grid.ts';
import {
  type Distances,
  NO_BREAK,
  NO_DAY,
  NO_GAP,
  NO_POOL,
  type Stamps,
  sayAtr,
  sayBreak,
  sayDay,
  sayGap,
  sayNearest,
  sayNothingBeyond,
  sayPool,
  saySwing,
  sayTakenPool,
  sayTrend,
  sayVwap,
  type Topic,
  type Wording,
} from './vocabulary.ts';

/** A plain sentence, and where it comes from: the id of its object and that object's times. */
export type Sentence = Stamps & { readonly topic: Topic; readonly text: string; readonly ref?: string };

/** Of each list this many, the nearest or newest first. */
const MOST = 3;

/** What the engine sees, in the order in which a trader would say it. */
export function sentencesOf(study: Study, wording: Wording): readonly Sentence[] {
  return [
    ...trend(study, wording),
    ...swings(study, wording),
    ...liquidity(study, wording),
    ...pools(study, wording),
    ...gaps(study, wording),
    ...days(study, wording),
    ...readings(study, wording),
  ];
}

function said(topic: Topic, text: string): Sentence {
  return { topic, text };
}

function ofObject(topic: Topic, text: string, object: StructureObject): Sentence {
  const { formedAt, knownAt } = object;
  return { topic, text, formedAt, knownAt, ref: objectId(object) };
}

function trend({ trend: now, lastBreak }: Study, wording: Wording): readonly Sentence[] {
  if (lastBreak === undefined) return [said('trend', sayTrend(now)), said('break', NO_BREAK)];
  return [said('trend', sayTrend(now)), ofObject('break', sayBreak(lastBreak, wording), lastBreak)];
}

/** The last of each side, the newer first. */
function swings(study: Study, wording: Wording): readonly Sentence[] {
  const sides = ([1, -1] as const).map((dir) => study.swings.filter((each) => each.dir === dir));
  const lasts = sides.flatMap((own) => {
    const last = own.at(-1);
    return last === undefined ? [] : [{ last, before: own.at(-2) }];
  });
  return lasts
    .toSorted((a, b) => b.last.formedAt - a.last.formedAt)
    .map(({ last, before }) => ofObject('swings', saySwing(last, before, wording), last));
}

/** Opposing first: the side on which a plan of the direction would take its profit. */
function sidesOf({ direction }: Study): readonly Dir[] {
  return direction === 'long' ? [1, -1] : [-1, 1];
}

function liquidity(study: Study, wording: Wording): readonly Sentence[] {
  return sidesOf(study).map((dir) => {
    const [level] = dir === 1 ? study.untaken.above : study.untaken.below;
    if (level === undefined) return said('liquidity', sayNothingBeyond(dir, closeOf(study), wording));
    const away = distancesTo(level.level, study);
    return ofObject('liquidity', sayNearest(dir, nameOf(level), level.level, away, wording), level);
  });
}

/** From the decision close, as the plan reckons. */
export function distancesTo(price: number, study: Study): Distances {
  const { atr, outcome, instrument } = study;
  const away = onPriceGrid(Math.abs(price - closeOf(study)), instrument);
  return {
    price: away,
    atr: atr === undefined || atr === 0 ? undefined : away / atr,
    r: outcome.risk === undefined ? undefined : away / outcome.risk,
  };
}

function pools(study: Study, wording: Wording): readonly Sentence[] {
  const open = study.pools.slice(0, MOST).map((pool) => ofObject('pools', sayPool(pool, wording), pool));
  const taken = study.taken
    .filter((level) => level.kind === 'pool')
    .slice(0, MOST)
    .map((pool) => ofObject('pools', sayTakenPool(pool, wording), pool));
  return open.length + taken.length === 0 ? [said('pools', NO_POOL)] : [...open, ...taken];
}

function gaps(study: Study, wording: Wording): readonly Sentence[] {
  if (study.openGaps.length === 0) return [said('gaps', NO_GAP)];
  return study.openGaps.slice(0, MOST).map((gap) => {
    const dir = gap.level > closeOf(study) ? 1 : -1;
    return ofObject('gaps', sayGap(gap, { atr: distancesTo(gap.level, study).atr, dir }, wording), gap);
  });
}

function days(study: Study, wording: Wording): readonly Sentence[] {
  const { above, below } = study.dayLevels;
  const levels = sidesOf(study).map((dir) => (dir === 1 ? above : below));
  const known = levels.filter((level) => level !== undefined);
  if (known.length === 0) return [said('day', NO_DAY)];
  return known.map((level) => ofObject('day', sayDay(level, wording), level));
}

function readings(study: Study, wording: Wording): readonly Sentence[] {
  const last = study.candles.at(-1);
  return [
    ...(last?.vwap === undefined ? [] : [said('vwap', sayVwap(last.close, last.vwap, wording))]),
    said('atr', sayAtr(study.atr, wording)),
  ];
}

export function closeOf({ candles }: Study): number {
  return candles.at(-1)?.close ?? 0;
}
