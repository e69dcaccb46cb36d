import type { Candle } from '../market/candle.ts';
import type { StructureLog } from './log.ts';
import type { LiquidityLevel, Reclaims } from './reclaims.ts';

/** The candle traded at or beyond the level. */
export function touch(level: LiquidityLevel, log: StructureLog): void {
  if (level.touchedAt !== undefined) return;
  level.touchedAt = log.at;
  log.tell('touched', level);
}

/**
 * The candle traded through the level: a sweep if it closed back (orders were taken and price refused), otherwise a
 * break, which two more candles may yet reclaim.
 */
export function tradeThrough(
  level: LiquidityLevel,
  candle: Candle,
  log: StructureLog,
  reclaims: Reclaims,
): void {
  if ((candle.close - level.level) * level.dir <= 0) {
    level.sweptAt = log.at;
    log.tell('swept', level);
  } else {
    level.brokenAt = log.at;
    log.tell('broken', level);
    reclaims.watch(level);
  }
}

export function expire(level: LiquidityLevel, log: StructureLog): void {
  level.expiredAt = log.at;
  log.tell('expired', level);
}
