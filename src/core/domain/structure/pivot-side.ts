import type { Candle } from '../market/candle.ts';
import type { StructureLog } from './log.ts';
import type { Dir, Pivot, Writable } from './objects.ts';

/** Most pivots of one side that are kept; the oldest, which lie farthest away, are let go first. */
const MOST_PIVOTS = 256;

/**
 * Confirmed pivots of one side, in two stacks whose levels draw nearer to price from the oldest to the newest: a newer
 * pivot at or beyond an older one hides it for good. So a quiet candle costs one comparison.
 */
export interface PivotSide {
  /** Never traded at or beyond since they formed; nearest to price last. */
  readonly untaken: readonly Pivot[];
  onCandle(candle: Candle): void;
  /** `repeats`: candles of its confirmation that came back to its price, which takes it. */
  add(pivot: Pivot, repeats: number): void;
  /** The last confirmed pivot beyond `price` (a high above it, a low below it), taken or not. */
  lastBeyond(price: number): Pivot | undefined;
}

export function createPivotSide(dir: Dir, log: StructureLog): PivotSide {
  const untaken: Writable<Pivot>[] = [];
  const confirmed: Pivot[] = [];

  function take(pivot: Writable<Pivot>): void {
    pivot.takenAt = log.at;
    log.tell('touched', pivot);
  }

  function onCandle(candle: Candle): void {
    const reach = dir === 1 ? candle.high : candle.low;
    for (;;) {
      const nearest = untaken[untaken.length - 1];
      if (nearest === undefined || (reach - nearest.level) * dir < 0) return;
      untaken.pop();
      take(nearest);
    }
  }

  function add(pivot: Pivot, repeats: number): void {
    dropHidden(pivot.level);
    confirmed.push(pivot);
    if (confirmed.length > MOST_PIVOTS) confirmed.shift();
    if (repeats > 0) take(pivot);
    else untaken.push(pivot);
    if (untaken.length > MOST_PIVOTS) expireOldest();
  }

  function dropHidden(level: number): void {
    for (;;) {
      const newest = confirmed[confirmed.length - 1];
      if (newest === undefined || (level - newest.level) * dir < 0) return;
      confirmed.pop();
    }
  }

  function expireOldest(): void {
    const oldest = untaken.shift();
    if (oldest !== undefined) log.tell('expired', oldest);
  }

  return {
    untaken,
    onCandle,
    add,
    lastBeyond: (price) => confirmed.findLast((pivot) => (pivot.level - price) * dir > 0),
  };
}
