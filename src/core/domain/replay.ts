import type { Engine } from './engine.ts';
import type { Mark } from './events/events.ts';
import { marksOf } from './events/marks.ts';
import { type Candle, type CandleColumns, type CandleView, createCandleView } from './market/candle.ts';
import type { Session } from './market/session.ts';

export type ReplayInput = {
  /** Sorted by symbol, code units: the order of slots. Every candle lies inside a session. */
  readonly columns: readonly CandleColumns[];
  readonly baseTimeframeMs: number;
  /** Sessions that overlap the data, in order of time. */
  readonly sessions: readonly Session[];
};

/** What receives the instants: the engine, or a test that looks at them. */
export type InstantSink = Pick<Engine, 'instant'>;

/** A replay that can be driven in steps: the loop of a backtest, or the pace of a screen. */
export interface Replay {
  /** Time of the next instant, UTC epoch ms; Infinity when the feed has ended. */
  readonly nextAt: number;
  /** Candles handed out so far. */
  readonly candlesDone: number;
  readonly candlesTotal: number;
  /** Runs so many instants, or fewer where the feed ends before; all of them by default. */
  run(sink: InstantSink, maxInstants?: number): void;
}

const NO_MARKS: readonly Mark[] = [];

/**
 * The feed of history: merges the columns of all symbols into instants, ordered by time and, within one, by slot, with
 * the marks of the sessions between them. One view per symbol, reused.
 */
export function createReplay({ columns, baseTimeframeMs, sessions }: ReplayInput): Replay {
  const cursors = columns.map((of, slot) => createCursor(of, slot, baseTimeframeMs, sessions));
  const feedFrom = Math.min(
    ...columns.map((of) => (of.length > 0 ? (of.openAt[0] ?? 0) : Number.POSITIVE_INFINITY)),
  );
  const feedTo = Math.max(...cursors.map((cursor) => cursor.lastCloseAt));
  const marks = Number.isFinite(feedFrom) ? marksOf(sessions, feedFrom, feedTo) : NO_MARKS;
  const batch: Candle[] = [];
  let mark = 0;

  /** FEED_ENDED stands alone in the last instant: what is decided at the last candle does not know that it is the last. */
  function marksAt(at: number, alone: boolean): readonly Mark[] {
    if ((marks[mark]?.at ?? Number.POSITIVE_INFINITY) > at) return NO_MARKS;
    const from = mark;
    while (mark < marks.length && (marks[mark]?.at ?? Number.POSITIVE_INFINITY) <= at) {
      if (marks[mark]?.type === 'FEED_ENDED' && !(alone && mark === from)) break;
      mark += 1;
    }
    return from === mark ? NO_MARKS : marks.slice(from, mark);
  }

  function nextCloseAt(): number {
    let at = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < cursors.length; slot += 1) {
      const closeAt = cursors[slot]?.closeAt ?? Number.POSITIVE_INFINITY;
      if (closeAt < at) at = closeAt;
    }
    return at;
  }

  function gather(at: number): number {
    let count = 0;
    for (let slot = 0; slot < cursors.length; slot += 1) {
      const cursor = cursors[slot];
      if (cursor === undefined || cursor.closeAt !== at) continue;
      batch[count] = cursor.take();
      count += 1;
    }
    return count;
  }

  const replay = {
    nextAt: Math.min(marks[0]?.at ?? Number.POSITIVE_INFINITY, nextCloseAt()),
    candlesDone: 0,
    candlesTotal: columns.reduce((sum, of) => sum + of.length, 0),
    run(sink: InstantSink, maxInstants = Number.POSITIVE_INFINITY): void {
      let closeAt = nextCloseAt();
      for (let n = 0; n < maxInstants; n += 1) {
        const markAt = marks[mark]?.at ?? Number.POSITIVE_INFINITY;
        const at = Math.min(closeAt, markAt);
        if (at === Number.POSITIVE_INFINITY) break;
        const count = closeAt === at ? gather(at) : 0;
        sink.instant(at, batch, count, marksAt(at, count === 0));
        replay.candlesDone += count;
        if (count > 0) closeAt = nextCloseAt();
      }
      replay.nextAt = Math.min(marks[mark]?.at ?? Number.POSITIVE_INFINITY, closeAt);
    },
  };
  return replay;
}

/** A place in one symbol's columns. */
interface Cursor {
  /** Close of the next candle, UTC epoch ms; Infinity at the end. */
  readonly closeAt: number;
  readonly lastCloseAt: number;
  take(): CandleView;
}

function createCursor(
  columns: CandleColumns,
  slot: number,
  baseTimeframeMs: number,
  sessions: readonly Session[],
): Cursor {
  const { openAt, open, high, low, close, volume, length } = columns;
  const view = createCandleView(slot);
  let index = 0;
  let session = 0;

  /** A candle is cut at its session's close: the last hour of a half day, a daily candle. */
  function closeOf(startAt: number): number {
    while (session < sessions.length - 1 && (sessions[session]?.closeAt ?? 0) <= startAt) session += 1;
    return Math.min(startAt + baseTimeframeMs, sessions[session]?.closeAt ?? Number.POSITIVE_INFINITY);
  }

  function lastClose(): number {
    if (length === 0) return Number.NEGATIVE_INFINITY;
    const last = openAt[length - 1] ?? 0;
    const closing = sessions.findLast((of) => of.openAt <= last)?.closeAt ?? Number.POSITIVE_INFINITY;
    return Math.min(last + baseTimeframeMs, closing);
  }

  const cursor = {
    closeAt: length === 0 ? Number.POSITIVE_INFINITY : closeOf(openAt[0] ?? 0),
    lastCloseAt: lastClose(),
    take(): CandleView {
      view.openAt = openAt[index] ?? 0;
      view.closeAt = cursor.closeAt;
      view.open = open[index] ?? 0;
      view.high = high[index] ?? 0;
      view.low = low[index] ?? 0;
      view.close = close[index] ?? 0;
      view.volume = volume === undefined ? Number.NaN : (volume[index] ?? 0);
      index += 1;
      cursor.closeAt = index < length ? closeOf(openAt[index] ?? 0) : Number.POSITIVE_INFINITY;
      return view;
    },
  };
  return cursor;
}
