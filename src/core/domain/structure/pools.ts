import type { Candle } from '../market/candle.ts';
import { expire, touch, tradeThrough } from './liquidity.ts';
import type { StructureLog } from './log.ts';
import type { Dir, Pivot, Pool, Writable } from './objects.ts';
import { createReclaims } from './reclaims.ts';
import { tolerance } from './tolerance.ts';

/** Members lie within this share of the ATR, and at least 2 ticks, of the first one. */
const TOLERANCE_ATR = 0.1;
const MOST_POOLS = 256;

/**
 * Pools of equal highs (1) or lows (-1). A pivot joins the nearest open pool within its tolerance, else it starts one;
 * from two touches on it is a pool that others hear of. It ends where price trades beyond its first member by more than
 * the tolerance: short of that a slightly higher high may still join.
 */
export interface Pools {
  /** First members draw nearer to price from the oldest to the newest. */
  readonly open: readonly Pool[];
  onCandle(candle: Candle): void;
  /** `repeats`: candles of the pivot's own plateau, equal highs in themselves. */
  add(pivot: Pivot, repeats: number, atr: number): void;
}

export function createPools(dir: Dir, tick: number, log: StructureLog): Pools {
  const open: Writable<Pool>[] = [];
  const reclaims = createReclaims(log);

  function onCandle(candle: Candle): void {
    reclaims.onCandle(candle);
    const reach = dir === 1 ? candle.high : candle.low;
    for (let i = open.length - 1; i >= 0; i -= 1) {
      const pool = open[i];
      if (pool === undefined || (reach - pool.anchor) * dir < 0) return;
      if (isTradedThrough(pool, reach, candle)) open.splice(i, 1);
    }
  }

  function isTradedThrough(pool: Writable<Pool>, reach: number, candle: Candle): boolean {
    const isPool = pool.touches > 1;
    if (isPool && (reach - pool.level) * dir >= 0) {
      pool.untaken = false;
      touch(pool, log);
    }
    if ((reach - pool.anchor) * dir <= pool.tolerance) return false;
    if (isPool) tradeThrough(pool, candle, log, reclaims);
    return true;
  }

  function add(pivot: Pivot, repeats: number, atr: number): void {
    const pool = nearest(pivot.level);
    if (pool === undefined) start(pivot, repeats, atr);
    else join(pool, pivot, repeats);
  }

  /** Of two at the same distance the older. */
  function nearest(price: number): Writable<Pool> | undefined {
    let best: Writable<Pool> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const pool of open) {
      const distance = Math.abs(price - pool.anchor);
      if (distance > pool.tolerance || distance >= least) continue;
      best = pool;
      least = distance;
    }
    return best;
  }

  function start(pivot: Pivot, repeats: number, atr: number): void {
    const pool = poolOf(pivot, 1 + repeats, tolerance(TOLERANCE_ATR, atr, tick));
    open.push(pool);
    if (pool.touches > 1) log.tell('formed', pool);
    if (open.length > MOST_POOLS) letGoOldest();
  }

  function join(pool: Writable<Pool>, pivot: Pivot, repeats: number): void {
    const isNew = pool.touches === 1;
    pool.touches += 1 + repeats;
    pool.untaken = true;
    if ((pivot.level - pool.level) * dir > 0) pool.level = pivot.level;
    if (isNew) {
      pool.knownAt = pivot.knownAt;
      pool.atr = pivot.atr;
    }
    log.tell(isNew ? 'formed' : 'joined', pool);
  }

  function letGoOldest(): void {
    const oldest = open.shift();
    if (oldest !== undefined && oldest.touches > 1) expire(oldest, log);
  }

  return { open, onCandle, add };
}

function poolOf(pivot: Pivot, touches: number, width: number): Writable<Pool> {
  return {
    kind: 'pool',
    dir: pivot.dir,
    formedAt: pivot.formedAt,
    knownAt: pivot.knownAt,
    level: pivot.level,
    atr: pivot.atr,
    anchor: pivot.level,
    tolerance: width,
    touches,
    untaken: true,
    touchedAt: undefined,
    sweptAt: undefined,
    brokenAt: undefined,
    reclaimedAt: undefined,
    expiredAt: undefined,
  };
}
