import type { Engine } from './engine.ts';
import type { Mark } from './events/events.ts';
import { marksOf } from './events/marks.ts';
import type { Candle, CandleColumns } from './market/candle.ts';
import { CandleTape } from './market/candle-tape.ts';
import type { Session } from './market/session.ts';

export type ReplayInput = {
  /** Sorted by symbol, code units: the order of slots. Every candle lies inside a session. */
  readonly columns: readonly CandleColumns[];
  readonly baseTimeframeMs: number;
  /** Sessions that overlap the data, in order of time. */
  readonly sessions: readonly Session[];
};

/**
 * What receives the instants: the engine, or a test that looks at them. One that takes stretches gets many instants in
 * one call where it can, to the same result.
 */
export type InstantSink = Pick<Engine, 'instant'> & Partial<Pick<Engine, 'stretch'>>;

/** A replay that can be driven in steps: the loop of a backtest, or the pace of a screen. */
export interface Replay {
  /** Time of the next instant, UTC epoch ms; Infinity when the feed has ended. */
  readonly nextAt: number;
  /** Candles handed out so far. */
  readonly candlesDone: number;
  readonly candlesTotal: number;
  /** Close of the newest candle handed out, by slot; NaN before the first. */
  newestAt(): Float64Array;
  /** Runs so many instants, or fewer where the feed ends before; all of them by default. Gives their number. */
  run(sink: InstantSink, maxInstants?: number): number;
}

const NO_MARKS: readonly Mark[] = [];

/**
 * The feed of history: merges the columns of all symbols into instants, ordered by time and, within one, by slot, with
 * the marks of the sessions between them. One view per symbol, reused.
 */
export function createReplay({ columns, baseTimeframeMs, sessions }: ReplayInput): Replay {
  const cursors = columns.map((of, slot) => new Cursor(of, slot, baseTimeframeMs, sessions));
  const feedFrom = Math.min(...columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY));
  const feedTo = Math.max(...cursors.map((cursor) => cursor.lastCloseAt));
  return new ColumnReplay(
    cursors,
    Number.isFinite(feedFrom) ? marksOf(sessions, feedFrom, feedTo) : NO_MARKS,
  );
}

/** A class, as its loop runs for every candle. */
class ColumnReplay implements Replay {
  candlesDone = 0;
  readonly candlesTotal: number;
  private closeAt: number;
  private markAt: number;
  private mark = 0;
  private readonly batch: Candle[] = [];
  private readonly cursors: readonly Cursor[];
  private readonly marks: readonly Mark[];

  constructor(cursors: readonly Cursor[], marks: readonly Mark[]) {
    this.cursors = cursors;
    this.marks = marks;
    this.candlesTotal = cursors.reduce((sum, cursor) => sum + cursor.length, 0);
    this.closeAt = Math.min(...cursors.map((cursor) => cursor.closeAt));
    this.markAt = marks[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  get nextAt(): number {
    return Math.min(this.closeAt, this.markAt);
  }

  newestAt(): Float64Array {
    return Float64Array.from(this.cursors, (cursor) => cursor.newestAt);
  }

  run(sink: InstantSink, maxInstants = Number.POSITIVE_INFINITY): number {
    const [only] = this.cursors;
    const alone = this.cursors.length === 1 && sink.stretch !== undefined ? only : undefined;
    let n = 0;
    for (; n < maxInstants; n += 1) {
      if (alone !== undefined) n += this.runAlone(alone, sink, maxInstants - n);
      const { closeAt, markAt } = this;
      if (n >= maxInstants) break;
      if (closeAt < markAt) {
        sink.instant(closeAt, this.batch, this.gather(closeAt), NO_MARKS);
      } else {
        if (markAt === Number.POSITIVE_INFINITY) break;
        const count = closeAt === markAt ? this.gather(markAt) : 0;
        sink.instant(markAt, this.batch, count, this.takeMarks(markAt, count === 0));
      }
    }
    return n;
  }

  /** One symbol needs no merging: its next candles, up to a mark. Gives their number. */
  private runAlone(cursor: Cursor, sink: InstantSink, maxInstants: number): number {
    const count = cursor.handOut(sink, this.markAt, maxInstants);
    this.closeAt = cursor.closeAt;
    this.candlesDone += count;
    return count;
  }

  /** Takes the candles that close at `at`, and finds when the next ones do. */
  private gather(at: number): number {
    const { cursors, batch } = this;
    let count = 0;
    let next = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < cursors.length; slot += 1) {
      const cursor = cursors[slot];
      if (cursor === undefined) continue;
      if (cursor.closeAt === at) {
        const view = cursor.take();
        if (batch[count] !== view) batch[count] = view;
        count += 1;
      }
      if (cursor.closeAt < next) next = cursor.closeAt;
    }
    this.closeAt = next;
    this.candlesDone += count;
    return count;
  }

  /** FEED_ENDED stands alone in the last instant: what is decided at the last candle does not know that it is the last. */
  private takeMarks(at: number, alone: boolean): readonly Mark[] {
    const { marks } = this;
    const from = this.mark;
    let until = from;
    while (marks[until]?.at === at && (marks[until]?.type !== 'FEED_ENDED' || (alone && until === from)))
      until += 1;
    this.mark = until;
    this.markAt = marks[until]?.at ?? Number.POSITIVE_INFINITY;
    return marks.slice(from, until);
  }
}

/** A place in one symbol's columns. A class: its fields are read for every candle. */
class Cursor {
  /** Close of the next candle, UTC epoch ms; Infinity at the end. */
  closeAt: number;
  readonly lastCloseAt: number;
  readonly length: number;
  private index = 0;
  private sessionCloseAt = Number.NEGATIVE_INFINITY;
  private session = -1;
  private readonly tape: CandleTape;
  private readonly sessions: readonly Session[];

  constructor(columns: CandleColumns, slot: number, baseTimeframeMs: number, sessions: readonly Session[]) {
    this.length = columns.length;
    this.tape = new CandleTape(columns, slot, baseTimeframeMs);
    this.sessions = sessions;
    this.closeAt = this.closeOf(this.index);
    this.lastCloseAt = lastCloseOf(columns, baseTimeframeMs, sessions);
  }

  /**
   * Hands out at most so many whole candles of this session that close before `until`, as one stretch. A candle that
   * its session cuts is left to `take`.
   */
  handOut(sink: InstantSink, until: number, most: number): number {
    const { tape, index, sessionCloseAt } = this;
    const end = Math.min(index + most, this.length);
    const to = tape.firstClosingFrom(Math.min(until, sessionCloseAt + 1), index, end);
    if (to === index) return 0;
    sink.stretch?.(tape, index, to);
    this.index = to;
    this.closeAt = this.closeOf(to);
    return to - index;
  }

  get newestAt(): number {
    const { openAt } = this.tape;
    const last = openAt[this.index - 1];
    return last === undefined ? Number.NaN : closeAfter(last, this.tape.timeframeMs, this.sessions);
  }

  take(): Candle {
    const candle = this.tape.read(this.index, this.closeAt);
    this.index += 1;
    this.closeAt = this.closeOf(this.index);
    return candle;
  }

  /** A candle is cut at its session's close: the last hour of a half day, a daily candle. */
  private closeOf(index: number): number {
    if (index >= this.length) return Number.POSITIVE_INFINITY;
    const openAt = this.tape.openAt[index] ?? 0;
    if (openAt >= this.sessionCloseAt) this.findSession(openAt);
    return Math.min(this.tape.closeAt(index), this.sessionCloseAt);
  }

  private findSession(openAt: number): void {
    do {
      this.session += 1;
      this.sessionCloseAt = this.sessions[this.session]?.closeAt ?? Number.POSITIVE_INFINITY;
    } while (openAt >= this.sessionCloseAt);
  }
}

function lastCloseOf(
  { openAt, length }: CandleColumns,
  baseTimeframeMs: number,
  sessions: readonly Session[],
): number {
  const last = openAt[length - 1];
  return last === undefined ? Number.NEGATIVE_INFINITY : closeAfter(last, baseTimeframeMs, sessions);
}

/** When a base candle closes: its session may cut it. */
export function closeAfter(openAt: number, baseTimeframeMs: number, sessions: readonly Session[]): number {
  const closing = sessions.findLast((of) => of.openAt <= openAt)?.closeAt ?? Number.POSITIVE_INFINITY;
  return Math.min(openAt + baseTimeframeMs, closing);
}
