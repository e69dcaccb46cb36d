import type { Break, DayLevel, Dir, Gap, Pool, Swing } from '../../structure/objects.ts';
import { objectId } from '../../structure/objects.ts';
import type { Structure, UntakenLevel } from '../../structure/structure.ts';
import type { FoldedCandles, Observation, StudyCandle } from './observe.ts';

/** Highs (above price) and lows (below it). */
export type Sides<T> = { readonly above: T; readonly below: T };

/** Equal highs or lows that price has not traded through. `isUntaken`: nor come back to. */
export type PoolSeen = Pool & { readonly isUntaken: boolean };

/** A level that was traded through: swept, or broken and perhaps reclaimed. */
export type Taken = Pool | DayLevel;

/** What a structure knows, as a chart reader would list it. Nearest to price first, what happened newest first. */
export type Sight = {
  /** The last few thousand of those that the structure was built from. */
  readonly candles: readonly StudyCandle[];
  /** All of them since the structure began: with the data, or anew after a jump of scale. */
  readonly folded: FoldedCandles;
  /** ATR(14) in price; undefined while warming up. */
  readonly atr: number | undefined;
  readonly trend: Dir | 0;
  readonly lastBreak: Break | undefined;
  /** Accepted swings that no more extreme one has replaced, oldest first. */
  readonly swings: readonly Swing[];
  /** Highs above and lows below at which nothing traded since. */
  readonly untaken: Sides<readonly UntakenLevel[]>;
  readonly openGaps: readonly Gap[];
  readonly pools: readonly PoolSeen[];
  /** High and low of the session before; each undefined where that session was not whole. */
  readonly dayLevels: Sides<DayLevel | undefined>;
  /** Traded through in the session of the last candle. */
  readonly taken: readonly Taken[];
};

export function sightOf(seen: Observation, structure: Structure, sessionFrom: number): Sight {
  const price = seen.candles.at(-1)?.close ?? 0;
  const untaken = { above: structure.untakenLevels(1), below: structure.untakenLevels(-1) };
  const nearest = (a: { readonly level: number }, b: { readonly level: number }): number =>
    Math.abs(a.level - price) - Math.abs(b.level - price);
  return {
    candles: seen.candles,
    folded: seen.folded ?? { count: 0, since: sessionFrom },
    atr: Number.isNaN(structure.atr) ? undefined : structure.atr,
    trend: structure.trend,
    lastBreak: structure.lastBreak,
    swings: seen.of('swing').filter(({ supersededAt }) => supersededAt === undefined),
    untaken,
    openGaps: [...structure.openGaps(1), ...structure.openGaps(-1)].toSorted(nearest),
    pools: openPools(seen, untaken).toSorted(nearest),
    dayLevels: dayLevelsOf(seen, sessionFrom),
    taken: takenSince(seen, sessionFrom),
  };
}

/** Where a day's level stands at a pool's price it is the one that is listed as untaken. */
function openPools(seen: Observation, { above, below }: Sight['untaken']): readonly PoolSeen[] {
  return seen
    .of('pool')
    .filter((pool) => takenAtOf(pool) === undefined && pool.expiredAt === undefined)
    .map((pool) => {
      const levels = pool.dir === 1 ? above : below;
      return { ...pool, isUntaken: levels.some(({ level }) => level === pool.level) };
    });
}

function dayLevelsOf(seen: Observation, sessionFrom: number): Sides<DayLevel | undefined> {
  const current = seen
    .of('day')
    .filter(({ knownAt, expiredAt }) => expiredAt === undefined && knownAt >= sessionFrom);
  return { above: current.find(({ dir }) => dir === 1), below: current.find(({ dir }) => dir === -1) };
}

function takenSince(seen: Observation, sessionFrom: number): readonly Taken[] {
  return [...seen.of('pool'), ...seen.of('day')]
    .filter((level) => (takenAtOf(level) ?? Number.NEGATIVE_INFINITY) > sessionFrom)
    .toSorted((a, b) => (takenAtOf(b) ?? 0) - (takenAtOf(a) ?? 0) || (objectId(a) < objectId(b) ? -1 : 1));
}

/** When price traded through the level. */
export function takenAtOf({ sweptAt, brokenAt }: Taken): number | undefined {
  return sweptAt ?? brokenAt;
}
