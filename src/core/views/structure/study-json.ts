import type { Study } from '../../domain/mse/study/study.ts';
import { objectId, type StructureObject } from '../../domain/structure/objects.ts';
import { wordingOf } from './draw-study.ts';
import { closeOf, distancesTo, sentencesOf } from './sentences.ts';

/**
 * The whole study as data. Times are UTC epoch ms, prices and distances in quote currency; null: there is no such number.
 * An object bears its id, and a stamp only once it has happened.
 */
export function studyJson(study: Study, zone: string): unknown {
  const { outcome, untaken, dayLevels, candles } = study;
  const { plan, reasons } = outcome;
  return {
    symbol: study.symbol,
    timeframe: study.timeframe,
    zone,
    at: study.at,
    direction: study.direction,
    close: closeOf(study),
    instrument: study.instrument,
    atr: study.atr ?? null,
    vwap: candles.at(-1)?.vwap ?? null,
    trend: { 1: 'up', '-1': 'down', 0: 'none' }[study.trend],
    lastBreak: study.lastBreak === undefined ? null : withId(study.lastBreak),
    swings: study.swings.map(withId),
    untaken: {
      above: untaken.above.map((level) => ({ ...withId(level), away: away(level.level, study) })),
      below: untaken.below.map((level) => ({ ...withId(level), away: away(level.level, study) })),
    },
    openGaps: study.openGaps.map(withId),
    pools: study.pools.map(withId),
    taken: study.taken.map(withId),
    previousDay: {
      high: dayLevels.above === undefined ? null : withId(dayLevels.above),
      low: dayLevels.below === undefined ? null : withId(dayLevels.below),
    },
    sentences: sentencesOf(study, wordingOf(study, zone)),
    plan: plan === undefined ? null : { ...plan, risk: outcome.risk, reasons },
    noPlan: plan === undefined ? { reason: outcome.refusal, reasons } : null,
    folded: study.folded,
    candles,
  };
}

function withId<T extends StructureObject>(object: T): T & { readonly id: string } {
  return { id: objectId(object), ...object };
}

/** As price, in ATR and in R. */
function away(price: number, study: Study) {
  const { price: distance, atr, r } = distancesTo(price, study);
  return { price: distance, atr: atr ?? null, r: r ?? null };
}
