import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import { expire, touch, tradeThrough } from './liquidity.ts';
import type { StructureLog } from './log.ts';
import type { DayLevel, Dir, Writable } from './objects.ts';
import { createReclaims } from './reclaims.ts';
import { atrOrUndefined } from './tolerance.ts';

/**
 * High and low of the last session that had candles, usable from the next session's open. A session of which the feed
 * saw only a part gives none.
 */
export interface DayLevels {
  /** The level of that side; undefined before there is one and once price has traded through it. */
  live(dir: Dir): DayLevel | undefined;
  startSession(session: Session, complete: boolean, atr: number): void;
  onCandle(candle: Candle): void;
}

type Extreme = { price: number; formedAt: number };

export function createDayLevels(log: StructureLog): DayLevels {
  const reclaims = createReclaims(log);
  const high: Extreme = { price: Number.NaN, formedAt: Number.NaN };
  const low: Extreme = { price: Number.NaN, formedAt: Number.NaN };
  let session: Session | undefined;
  let isComplete = false;
  let above: Writable<DayLevel> | undefined;
  let below: Writable<DayLevel> | undefined;

  function startSession(next: Session, complete: boolean, atr: number): void {
    if (session !== undefined && !Number.isNaN(high.price)) {
      if (above !== undefined) expire(above, log);
      if (below !== undefined) expire(below, log);
      above = isComplete ? publish(1, high, session.date, atr) : undefined;
      below = isComplete ? publish(-1, low, session.date, atr) : undefined;
    }
    session = next;
    isComplete = complete;
    high.price = Number.NaN;
    low.price = Number.NaN;
  }

  function publish(dir: Dir, extreme: Extreme, date: string, atr: number): Writable<DayLevel> {
    const level = dayLevel(dir, extreme, log.at, date, atr);
    log.tell('formed', level);
    return level;
  }

  function onCandle(candle: Candle): void {
    reclaims.onCandle(candle);
    if (above !== undefined && candle.high >= above.level && isTradedThrough(above, candle))
      above = undefined;
    if (below !== undefined && candle.low <= below.level && isTradedThrough(below, candle)) below = undefined;
    if (!(candle.high <= high.price)) extend(high, candle.high, candle.openAt);
    if (!(candle.low >= low.price)) extend(low, candle.low, candle.openAt);
  }

  function isTradedThrough(level: Writable<DayLevel>, candle: Candle): boolean {
    touch(level, log);
    const reach = level.dir === 1 ? candle.high : candle.low;
    if (reach === level.level) return false;
    tradeThrough(level, candle, log, reclaims);
    return true;
  }

  return { live: (dir) => (dir === 1 ? above : below), startSession, onCandle };
}

function extend(extreme: Extreme, price: number, formedAt: number): void {
  extreme.price = price;
  extreme.formedAt = formedAt;
}

function dayLevel(dir: Dir, extreme: Extreme, at: number, session: string, atr: number): Writable<DayLevel> {
  return {
    kind: 'day',
    dir,
    formedAt: extreme.formedAt,
    knownAt: at,
    level: extreme.price,
    atr: atrOrUndefined(atr),
    session,
    touchedAt: undefined,
    sweptAt: undefined,
    brokenAt: undefined,
    reclaimedAt: undefined,
    expiredAt: undefined,
  };
}
