import type { Candle } from '../market/candle.ts';
import type { StructureLog } from './log.ts';
import { type Break, type Dir, objectId, type Swing, type Writable } from './objects.ts';
import type { Swings } from './swings.ts';
import { atrOrUndefined } from './tolerance.ts';

/**
 * Breaks of structure: a close strictly beyond the last swing that is not broken yet. Against the trend it is a change
 * of character (CHoCH), otherwise a break of structure (BOS); either way the trend is now its direction.
 *
 * Called before the candle's own pivots are added, so that a break tests only swings known before it.
 */
export interface Breaks {
  /** 0 until the first break. */
  readonly trend: Dir | 0;
  readonly last: Break | undefined;
  onCandle(candle: Candle, atr: number): void;
}

export function createBreaks(swings: Swings, log: StructureLog): Breaks {
  const breaks: Writable<Breaks> = {
    trend: 0,
    last: undefined,
    onCandle(candle, atr) {
      test(swings.last(1), candle, atr);
      test(swings.last(-1), candle, atr);
    },
  };

  function test(swing: Swing | undefined, candle: Candle, atr: number): void {
    if (swing === undefined || swing.brokenAt !== undefined) return;
    const { dir } = swing;
    if (!((candle.close - swing.level) * dir > 0)) return;
    swings.breakSwing(dir);
    breaks.last = {
      kind: 'break',
      dir,
      formedAt: candle.openAt,
      knownAt: log.at,
      level: swing.level,
      atr: atrOrUndefined(atr),
      tag: breaks.trend === -dir ? 'CHoCH' : 'BOS',
      swing: objectId(swing),
    };
    breaks.trend = dir;
    log.tell('formed', breaks.last);
  }

  return breaks;
}
