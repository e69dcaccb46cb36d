import type { StructureLog } from './log.ts';
import type { Cluster, Pivot, Writable } from './objects.ts';
import { tolerance } from './tolerance.ts';

/** A pivot belongs to a cluster whose centre lies within this share of the ATR; two centres closer than the second merge. */
const JOIN_ATR = 0.5;
const MERGE_ATR = 0.25;
const MOST_CLUSTERS = 200;
/** Candles after which a pivot counts half. */
const HALF_LIFE_CANDLES = 200;
/** A pivot weighs 1, and up to this much more for how far price has moved away by the time it is known, in ATR. */
const MOST_EXTRA_WEIGHT = 3;

/**
 * Support and resistance: pivots of both sides that lie close together, ordered by price. Fresh touches count most; where
 * there are too many clusters the one whose touches count least expires.
 */
export interface Clusters {
  /** Ascending by centre; from two touches on a cluster is one that others hear of. */
  readonly live: readonly Cluster[];
  /** `close` of the candle that confirmed the pivot, the `candle`-th of all. */
  add(pivot: Pivot, context: { readonly close: number; readonly candle: number; readonly atr: number }): void;
}

type LiveCluster = Writable<Cluster>;

export function createClusters(tick: number, log: StructureLog): Clusters {
  const live: LiveCluster[] = [];

  function add(pivot: Pivot, context: { close: number; candle: number; atr: number }): void {
    const { close, candle, atr } = context;
    const weight = weightOf(pivot, close, atr);
    const at = lowerBound(pivot.level);
    const nearest = nearer(at - 1, at, pivot.level);
    const cluster = live[nearest];
    if (cluster === undefined || Math.abs(pivot.level - cluster.level) > tolerance(JOIN_ATR, atr, tick)) {
      live.splice(at, 0, clusterOf(pivot, weight, candle));
      if (live.length > MOST_CLUSTERS) expireWeakest();
      return;
    }
    join(cluster, pivot, weight, candle);
    mergeAround(nearest, tolerance(MERGE_ATR, atr, tick));
  }

  /** Place of the first cluster whose centre is not below `price`. */
  function lowerBound(price: number): number {
    let from = 0;
    let to = live.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((live[middle]?.level ?? price) < price) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Which of two places holds the cluster nearer to `price`; of two at the same distance the older. */
  function nearer(below: number, above: number, price: number): number {
    const under = live[below];
    const over = live[above];
    if (under === undefined) return above;
    if (over === undefined) return below;
    const further = price - under.level - (over.level - price);
    if (further === 0) return under.formedAt <= over.formedAt ? below : above;
    return further < 0 ? below : above;
  }

  function join(cluster: LiveCluster, pivot: Pivot, weight: number, candle: number): void {
    const isNew = cluster.touches === 1;
    cluster.touches += 1;
    cluster.level += ((pivot.level - cluster.level) * weight) / (cluster.weight + weight);
    cluster.weight += weight;
    cluster.rank = addRanks(cluster.rank, rankOf(weight, candle));
    if (isNew) {
      cluster.knownAt = pivot.knownAt;
      cluster.atr = pivot.atr;
    }
    log.tell(isNew ? 'formed' : 'joined', cluster);
  }

  /** The cluster that has moved may now be one with its nearer neighbour: the older of the two stays. */
  function mergeAround(at: number, width: number): void {
    const moved = live[at];
    if (moved === undefined) return;
    const beside = nearer(at - 1, at + 1, moved.level);
    const neighbour = live[beside];
    if (neighbour === undefined || !(Math.abs(moved.level - neighbour.level) < width)) return;
    const isOlder = neighbour.formedAt < moved.formedAt;
    if (isOlder) merge(neighbour, moved);
    else merge(moved, neighbour);
    live.splice(isOlder ? at : beside, 1);
  }

  function merge(older: LiveCluster, younger: LiveCluster): void {
    const isNew = older.touches === 1;
    const weight = older.weight + younger.weight;
    older.level += ((younger.level - older.level) * younger.weight) / weight;
    older.weight = weight;
    older.touches += younger.touches;
    older.rank = addRanks(older.rank, younger.rank);
    younger.supersededAt = log.at;
    if (younger.touches > 1) log.tell('superseded', younger);
    if (isNew) older.knownAt = log.at;
    log.tell(isNew ? 'formed' : 'joined', older);
  }

  function expireWeakest(): void {
    const least = live.reduce((weakest, each) => (each.rank < weakest.rank ? each : weakest));
    live.splice(live.indexOf(least), 1);
    least.expiredAt = log.at;
    if (least.touches > 1) log.tell('expired', least);
  }

  return { live, add };
}

function weightOf(pivot: Pivot, close: number, atr: number): number {
  const movedAtr = ((pivot.level - close) * pivot.dir) / atr;
  return movedAtr > 0 ? 1 + Math.min(MOST_EXTRA_WEIGHT, movedAtr) : 1;
}

function rankOf(weight: number, candle: number): number {
  return Math.log2(weight) + candle / HALF_LIFE_CANDLES;
}

/** log2(2^a + 2^b), without leaving the range of a double. */
function addRanks(a: number, b: number): number {
  const most = Math.max(a, b);
  return most + Math.log2(1 + 2 ** (Math.min(a, b) - most));
}

function clusterOf(pivot: Pivot, weight: number, candle: number): LiveCluster {
  return {
    kind: 'cluster',
    dir: pivot.dir,
    formedAt: pivot.formedAt,
    knownAt: pivot.knownAt,
    level: pivot.level,
    atr: pivot.atr,
    anchor: pivot.level,
    touches: 1,
    weight,
    supersededAt: undefined,
    expiredAt: undefined,
    rank: rankOf(weight, candle),
  };
}
