import { createLiveInstants } from '../../domain/live-instants.ts';
import type { Calendar } from '../../domain/market/calendar.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Feed, FeedDescription, FeedTick } from '../../ports/feed.ts';
import type { TickStream } from '../../ports/tick-stream.ts';
import { createTickWindow, newestOf } from './newest.ts';

export type LiveFeedOptions = {
  readonly description: FeedDescription;
  readonly calendar: Calendar;
  readonly stream: TickStream;
  /** Its `now` is UTC epoch ms: see `createUtcClock`. */
  readonly clock: Clock;
  /** How long an instant is held back after its time for ticks under way; a second by default. */
  readonly graceMs?: number;
};

const DEFAULT_GRACE_MS = 1_000;
/** The longest sleep: a machine that was suspended looks at its clock soon after. */
const MOST_SLEEP_MS = 1_000;

/**
 * The candles of a stream of ticks, by the clock: each instant is handed out a grace after its time, silent ones that bear
 * marks too. Begins to listen at once. The next instant of a stream is not known for sure: a tick may bring it forward.
 */
export function createLiveFeed(options: LiveFeedOptions): Feed {
  const { description, calendar, stream, clock, graceMs = DEFAULT_GRACE_MS } = options;
  const { instruments, baseTimeframeMs } = description;
  const slots = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));
  const live = createLiveInstants({
    calendar,
    symbols: instruments.length,
    baseTimeframeMs,
    graceMs,
    now: clock.now(),
  });
  const { instants } = live;
  let isOver = false;
  let failure: Error | undefined;
  let wake = (): void => {};

  stream.start({
    ticks(batch) {
      const { dueAt } = live;
      const now = clock.now();
      for (const tick of batch) hear(tick, now);
      if (live.dueAt < dueAt) wake();
    },
    reconnected: () => live.reconnected(),
    ended(error) {
      isOver = true;
      failure = error;
      wake();
    },
  });

  function hear({ symbol, at, price, size }: FeedTick, now: number): void {
    live.hear(slots.get(symbol) ?? -1, at, price, size ?? Number.NaN, now);
  }

  /** Sleeps until `at`, a tick brings the next instant forward, or the signal aborts. */
  async function sleepUntil(at: number, signal: AbortSignal): Promise<void> {
    const waking = new AbortController();
    wake = () => waking.abort();
    signal.addEventListener('abort', wake);
    try {
      await clock.sleep(Math.min(Math.max(at - clock.now(), 0), MOST_SLEEP_MS), waking.signal);
    } finally {
      signal.removeEventListener('abort', wake);
      wake = () => {};
    }
  }

  /** A stream that is over has ended once its last candle is handed out. */
  function endIfOver(): void {
    if (failure !== undefined) throw failure;
    if (isOver && !instants.hasPending) instants.end();
  }

  return {
    description,
    get nextAt() {
      return instants.nextAt;
    },
    async ready(signal) {
      while (!signal.aborted) {
        live.pass(clock.now());
        if (instants.isReady) return true;
        endIfOver();
        if (instants.isReady) return true;
        if (isOver && !instants.hasPending) return false;
        await sleepUntil(live.dueAt, signal);
      }
      return false;
    },
    run: (sink, maxInstants) => live.run(sink, maxInstants, clock.now()),
    ticks: createTickWindow(instants, instruments),
    health: () => ({
      ...instants.counts,
      repeated: live.repeated,
      reconnects: live.reconnects,
      ...newestOf(instants.newestAt),
    }),
    [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
  };
}
