import { createAtr } from '../indicators/atr.ts';
import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import { createBreaks } from './breaks.ts';
import { createClusters } from './clusters.ts';
import { createDayLevels } from './day-levels.ts';
import { createGaps } from './gaps.ts';
import { createStructureLog, type OnStructure } from './log.ts';
import type { Break, Cluster, DayLevel, Dir, Gap, Pivot, Pool, Swing } from './objects.ts';
import { createPivotSide } from './pivot-side.ts';
import { createPivots } from './pivots.ts';
import { createPools } from './pools.ts';
import { createSwings } from './swings.ts';
import { atrOrUndefined } from './tolerance.ts';

export type StructureOptions = {
  /** The instrument's tick, in price: no tolerance is below two of them. */
  readonly tick: number;
  /** Candles that a pivot needs before and after it; 3 and 3 by default. */
  readonly left?: number;
  readonly right?: number;
  /** Smallest fair value gap in ATR, 0.25 by default; 0 keeps every one. */
  readonly minGapAtr?: number;
};

/** A level that price has not come to since it formed. */
export type UntakenLevel = Pivot | Pool | DayLevel;

/**
 * Market structure of one symbol on one timeframe, folded from its closed candles, oldest first.
 *
 * Inside a candle: ATR, then the life of the objects that are there, then breaks of swings known before, then the gap
 * the candle completes, then the pivots it confirms. So everything known at a candle's close may be used at that close,
 * and no break tests a swing of its own candle. Objects are never rewritten: they are stamped, once. Memory is bounded.
 *
 * @see notes on market structure §3, R1 to R8
 */
export interface Structure {
  /** `at`: the instant at which the candle is known to have closed. Events are built only if someone listens. */
  onCandle(candle: Candle, at: number, onStructure?: OnStructure): void;
  /** Called at `session.openAt`, after the last candle of the session before. `complete`: the feed sees it from its open. */
  startSession(session: Session, complete: boolean, onStructure?: OnStructure): void;
  /** ATR(14) in price, NaN while warming up. */
  readonly atr: number;
  /** Direction of the last break; 0 before there is one. */
  readonly trend: Dir | 0;
  readonly lastBreak: Break | undefined;
  /** The last accepted swing high (1) or low (-1). */
  lastSwing(dir: Dir): Swing | undefined;
  /** The last confirmed pivot high above `price` (1) or low below it (-1), taken or not. */
  lastPivotBeyond(dir: Dir, price: number): Pivot | undefined;
  /** Highs (1) or lows (-1) at or beyond which nothing traded since they formed: nearest first, one for each price. */
  untakenLevels(dir: Dir): readonly UntakenLevel[];
  /** Fair value gaps of a direction whose middle was never traded, in no particular order. */
  openGaps(dir: Dir): readonly Gap[];
  /** Support and resistance with at least two touches, ascending by price. */
  clusters(): readonly Cluster[];
}

const ATR_PERIOD = 14;

export function createStructure(options: StructureOptions): Structure {
  const { tick, left = 3, right = 3, minGapAtr = 0.25 } = options;
  const log = createStructureLog();
  const atr = createAtr(ATR_PERIOD);
  const pivots = createPivots(left, right);
  const highs = createPivotSide(1, log);
  const lows = createPivotSide(-1, log);
  const swings = createSwings(log);
  const breaks = createBreaks(swings, log);
  const gaps = createGaps({ minSizeAtr: minGapAtr }, log);
  const highPools = createPools(1, tick, log);
  const lowPools = createPools(-1, tick, log);
  const days = createDayLevels(log);
  const clusters = createClusters(tick, log);
  let candlesSeen = 0;

  const currentAtr = (): number => atr.out[0] ?? Number.NaN;

  function onCandle(candle: Candle, at: number, onStructure?: OnStructure): void {
    log.begin(at, onStructure);
    candlesSeen += 1;
    atr.next(candle);
    highs.onCandle(candle);
    lows.onCandle(candle);
    highPools.onCandle(candle);
    lowPools.onCandle(candle);
    days.onCandle(candle);
    gaps.onCandle(candle);
    breaks.onCandle(candle, currentAtr());
    gaps.detect(candle, currentAtr());
    pivots.next(candle);
    confirmPivots(candle.close);
  }

  function confirmPivots(close: number): void {
    if (pivots.lowFirst) {
      confirmPivot(-1, pivots.low, pivots.lowRepeats, close);
      confirmPivot(1, pivots.high, pivots.highRepeats, close);
    } else {
      confirmPivot(1, pivots.high, pivots.highRepeats, close);
      confirmPivot(-1, pivots.low, pivots.lowRepeats, close);
    }
  }

  function confirmPivot(dir: Dir, level: number, repeats: number, close: number): void {
    if (Number.isNaN(level)) return;
    const pivot = pivotOf(dir, level);
    const currently = currentAtr();
    log.tell('formed', pivot);
    (dir === 1 ? highs : lows).add(pivot, repeats);
    swings.add(pivot);
    (dir === 1 ? highPools : lowPools).add(pivot, repeats, currently);
    clusters.add(pivot, { close, candle: candlesSeen, atr: currently });
  }

  function pivotOf(dir: Dir, level: number): Pivot {
    const { formedAt } = pivots;
    const knownAt = log.at;
    return {
      kind: 'pivot',
      dir,
      formedAt,
      knownAt,
      level,
      atr: atrOrUndefined(currentAtr()),
      takenAt: undefined,
    };
  }

  /** Where two levels share a price the one that more traders watch stands for both. */
  function untakenLevels(dir: Dir): readonly UntakenLevel[] {
    const day = days.live(dir);
    const pools = (dir === 1 ? highPools : lowPools).open;
    const levels = [
      ...(day === undefined || day.touchedAt !== undefined ? [] : [day]),
      ...pools.filter(({ touches, untaken }) => touches > 1 && untaken),
      ...(dir === 1 ? highs : lows).untaken,
    ];
    const nearestFirst = levels.sort((a, b) => (a.level - b.level) * dir);
    return nearestFirst.filter(({ level }, i) => level !== nearestFirst[i - 1]?.level);
  }

  return {
    onCandle,
    startSession(session, complete, onStructure) {
      log.begin(session.openAt, onStructure);
      days.startSession(session, complete, currentAtr());
    },
    get atr() {
      return currentAtr();
    },
    get trend() {
      return breaks.trend;
    },
    get lastBreak() {
      return breaks.last;
    },
    lastSwing: swings.last,
    lastPivotBeyond: (dir, price) => (dir === 1 ? highs : lows).lastBeyond(price),
    untakenLevels,
    openGaps: gaps.open,
    clusters: () => clusters.live.filter(({ touches }) => touches > 1),
  };
}
