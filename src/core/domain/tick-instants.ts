import type { Mark } from './events/events.ts';
import { createMarkStream, type MarkStream } from './events/mark-stream.ts';
import { feedEnded } from './events/marks.ts';
import type { Calendar } from './market/calendar.ts';
import { type Candle, createCandleView } from './market/candle.ts';
import type { Session } from './market/session.ts';
import { createSessionFinder, sessionsFrom } from './market/sessions-from.ts';
import { TickBucket } from './market/tick-bucket.ts';
import type { InstantSink } from './replay.ts';

export type TickInstantsOptions = {
  readonly calendar: Calendar;
  /** How many symbols there are; a tick bears the slot of its own. */
  readonly symbols: number;
  readonly baseTimeframeMs: number;
  /** Ticks whose candle opens before are outside. */
  readonly fromAt?: number;
  /** Ticks whose candle opens at it or later are outside. */
  readonly toAt?: number;
  /** When the feed begins, where that is known before the first tick: its session is then incomplete before it. */
  readonly feedFrom?: number;
};

/** What became of ticks. */
export type TickCounts = {
  taken: number;
  late: number;
  refused: number;
  outside: number;
  /** Base candles missing between two of one symbol in one session. */
  gaps: number;
};

const NO_MARKS: readonly Mark[] = [];
/** The last millisecond of the year 9999: what stands for later is no time. */
const MOST_AT = 253_402_300_799_999;

/**
 * Makes instants of ticks: base candles by symbol, and the marks of the sessions between them, as the replay of history
 * makes them of candles.
 *
 * Whoever owns it says with `settle` up to when instants are complete: the clock less a grace, or the time of the market.
 * Ticks may come in any order as long as the instant of their candle is not settled. No candle is made where nothing
 * traded. A class, as every tick of every feed passes it, and one state machine, hence its length.
 */
export class TickInstants {
  readonly counts: TickCounts = { taken: 0, late: 0, refused: 0, outside: 0, gaps: 0 };
  /** Exchange time of the newest tick taken, by slot; NaN before the first. */
  readonly newestAt: Float64Array;
  readonly newestPrice: Float64Array;
  readonly newestSize: Float64Array;
  /** Opening instant of the newest bucket with a tick in it; -Infinity before the first. */
  newestOpenAt = Number.NEGATIVE_INFINITY;
  /** True once a tick beyond `toAt` came. */
  isPast = false;
  private settledAt = Number.NEGATIVE_INFINITY;
  /** Time of the last instant handed out. */
  private lastAt = Number.NEGATIVE_INFINITY;
  private endAt = Number.POSITIVE_INFINITY;
  private isDone = false;
  private marks: MarkStream | undefined;
  private current: TickBucket | undefined;
  /** By time; all of them in sessions, none empty. */
  private readonly pending: TickBucket[] = [];
  private readonly spare: TickBucket[] = [];
  private readonly lastOpenAt: Float64Array;
  private readonly views: readonly ReturnType<typeof createCandleView>[];
  private readonly batch: Candle[] = [];
  private readonly options: TickInstantsOptions;
  private readonly findSession: (at: number) => Session | undefined;
  private readonly fromAt: number;
  private readonly toAt: number;

  constructor(options: TickInstantsOptions) {
    const { symbols, calendar, feedFrom } = options;
    this.options = options;
    this.fromAt = Math.max(options.fromAt ?? 0, feedFrom ?? 0);
    this.toAt = options.toAt ?? Number.POSITIVE_INFINITY;
    this.newestAt = new Float64Array(symbols).fill(Number.NaN);
    this.newestPrice = new Float64Array(symbols);
    this.newestSize = new Float64Array(symbols);
    this.lastOpenAt = new Float64Array(symbols).fill(Number.NEGATIVE_INFINITY);
    this.views = Array.from({ length: symbols }, (_, slot) => createCandleView(slot));
    this.findSession = createSessionFinder(calendar);
    if (feedFrom !== undefined) this.begin(feedFrom);
  }

  /** Time of the next instant as known by now; Infinity when the feed has ended, or not begun. */
  get nextAt(): number {
    if (this.isDone) return Number.POSITIVE_INFINITY;
    const at = Math.min(
      this.pending[0]?.closeAt ?? Number.POSITIVE_INFINITY,
      this.marks?.nextAt ?? Number.POSITIVE_INFINITY,
    );
    return Math.min(at, this.endAt);
  }

  /** Whether there are candles that have not been handed out. */
  get hasPending(): boolean {
    return this.pending.length > 0;
  }

  /** Whether an instant can be handed out. */
  get isReady(): boolean {
    const { nextAt } = this;
    return nextAt <= this.settledAt && nextAt !== Number.POSITIVE_INFINITY;
  }

  /** Takes a tick, or counts why not. An unknown symbol has slot -1, an unknown size is NaN. */
  add(slot: number, at: number, price: number, size: number): void {
    const { counts, options } = this;
    if (!(price > 0 && price < Number.POSITIVE_INFINITY && slot >= 0 && slot < options.symbols)) {
      counts.refused += 1;
      return;
    }
    if (size < 0 || size === Number.POSITIVE_INFINITY || !(at >= 0 && at <= MOST_AT)) {
      counts.refused += 1;
      return;
    }
    const { current } = this;
    const isCurrent = current !== undefined && at >= current.openAt && at < current.closeAt;
    const bucket = isCurrent ? current : this.bucketOf(at);
    if (bucket === undefined) return;
    bucket.add(slot, at, price, size);
    counts.taken += 1;
    if (at < (this.newestAt[slot] ?? 0)) return;
    this.newestAt[slot] = at;
    this.newestPrice[slot] = price;
    this.newestSize[slot] = size;
  }

  /** Instants up to `at` are complete: a tick that belongs to one of them is late from now on. */
  settle(at: number): void {
    if (at <= this.settledAt) return;
    this.settledAt = at;
    if (this.current !== undefined && this.current.closeAt <= at) this.current = undefined;
  }

  /** There will be no more ticks: what is pending is complete, and FEED_ENDED follows, alone, if there was ever anything. */
  end(): void {
    this.endAt = Math.max(this.lastAt, this.pending.at(-1)?.closeAt ?? Number.NEGATIVE_INFINITY);
    if (this.endAt === Number.NEGATIVE_INFINITY) this.isDone = true;
    else this.settle(this.endAt);
  }

  /** Hands out complete instants, at most so many; gives their number. */
  run(sink: InstantSink, maxInstants: number): number {
    let n = 0;
    for (; n < maxInstants && this.isReady; n += 1) {
      const { nextAt } = this;
      const count = this.pending[0]?.closeAt === nextAt ? this.show() : 0;
      const marks = this.marks?.nextAt === nextAt ? this.marks.take(nextAt) : NO_MARKS;
      this.lastAt = nextAt;
      if (count > 0 || marks.length > 0) sink.instant(nextAt, this.batch, count, marks);
      else this.finish(sink);
    }
    return n;
  }

  private finish(sink: InstantSink): void {
    this.isDone = true;
    sink.instant(this.endAt, this.batch, 0, [feedEnded(this.endAt)]);
  }

  private begin(feedFrom: number): void {
    this.marks = createMarkStream(sessionsFrom(this.options.calendar, feedFrom), feedFrom);
  }

  /** The bucket of a tick, begun if need be; undefined where the tick is late or outside, which is then counted. */
  private bucketOf(at: number): TickBucket | undefined {
    const { counts, pending, options } = this;
    const session = this.findSession(at);
    if (session === undefined) {
      counts.outside += 1;
      return undefined;
    }
    const { baseTimeframeMs } = options;
    const openAt = session.openAt + Math.floor((at - session.openAt) / baseTimeframeMs) * baseTimeframeMs;
    if (openAt < this.fromAt || openAt >= this.toAt) {
      counts.outside += 1;
      this.isPast ||= openAt >= this.toAt;
      return undefined;
    }
    if (Math.min(openAt + baseTimeframeMs, session.closeAt) <= this.settledAt) {
      counts.late += 1;
      return undefined;
    }
    if (this.marks === undefined) this.begin(openAt);
    const known = pending.find((bucket) => bucket.openAt === openAt);
    const bucket = known ?? this.insert(openAt, session);
    if (openAt > this.newestOpenAt) this.newestOpenAt = openAt;
    this.current = bucket;
    return bucket;
  }

  private insert(openAt: number, session: Session): TickBucket {
    const { pending, options } = this;
    const bucket = this.spare.pop() ?? new TickBucket(options.symbols);
    bucket.begin(openAt, options.baseTimeframeMs, session);
    const later = pending.findIndex((other) => other.openAt > openAt);
    pending.splice(later === -1 ? pending.length : later, 0, bucket);
    return bucket;
  }

  /** Takes the oldest bucket into the batch of views; gives the number of its candles. */
  private show(): number {
    const bucket = this.pending.shift();
    if (bucket === undefined) return 0;
    let count = 0;
    for (const view of this.views) {
      if (bucket.ticks[view.slot] === 0) continue;
      bucket.show(view);
      this.batch[count] = view;
      count += 1;
      this.countGap(view.slot, bucket);
    }
    if (this.current === bucket) this.current = undefined;
    this.spare.push(bucket);
    return count;
  }

  private countGap(slot: number, { openAt, sessionOpenAt }: TickBucket): void {
    const last = this.lastOpenAt[slot] ?? Number.NEGATIVE_INFINITY;
    if (last >= sessionOpenAt) this.counts.gaps += (openAt - last) / this.options.baseTimeframeMs - 1;
    this.lastOpenAt[slot] = openAt;
  }
}
