import type { Calendar } from './market/calendar.ts';
import { createResentTicks } from './market/resent-ticks.ts';
import { createSessionFinder } from './market/sessions-from.ts';
import type { InstantSink } from './replay.ts';
import { TickInstants } from './tick-instants.ts';

export type LiveInstantsOptions = {
  readonly calendar: Calendar;
  readonly symbols: number;
  readonly baseTimeframeMs: number;
  /** How long an instant is held back after its time. */
  readonly graceMs: number;
  /** The time at which the feed begins, UTC epoch ms. */
  readonly now: number;
};

/** Ticks so far ahead of the clock are no ticks: one of them would hold up memory for what never comes. */
const MOST_AHEAD_MS = 60_000;

/**
 * Instants of ticks that come while the market trades. An instant is complete when the clock has passed its time by the
 * grace: it is then handed out, with or without ticks where it bears marks, and a tick that belongs to it is late. What is
 * late hangs on when a tick comes and on nothing else, not on when somebody asks for instants.
 *
 * The feed begins with the first whole candle: ticks of the one under way are outside. Times are UTC epoch ms and given by
 * whoever has a clock.
 */
export interface LiveInstants {
  readonly instants: TickInstants;
  /** When the next instant will be complete, as known by now; Infinity when none is known. */
  readonly dueAt: number;
  /** Ticks dropped as they were sent again after a reconnect. */
  readonly repeated: number;
  readonly reconnects: number;
  hear(slot: number, at: number, price: number, size: number, now: number): void;
  reconnected(): void;
  /** The clock stands at `now`: what is due by then is complete. */
  pass(now: number): void;
  run(sink: InstantSink, maxInstants: number, now: number): number;
}

export function createLiveInstants(options: LiveInstantsOptions): LiveInstants {
  const { graceMs } = options;
  const instants = new TickInstants({ ...options, feedFrom: firstWholeCandle(options) });
  const resent = createResentTicks();
  let repeated = 0;
  let reconnects = 0;

  function pass(now: number): void {
    instants.settle(now - graceMs);
  }

  return {
    instants,
    get dueAt() {
      return instants.nextAt + graceMs;
    },
    get repeated() {
      return repeated;
    },
    get reconnects() {
      return reconnects;
    },
    hear(slot, at, price, size, now) {
      pass(now);
      if (at > now + MOST_AHEAD_MS) instants.counts.refused += 1;
      else if (resent.isResent(slot, at, price, size)) repeated += 1;
      else instants.add(slot, at, price, size);
    },
    reconnected() {
      reconnects += 1;
      resent.reconnected();
    },
    pass,
    run(sink, maxInstants, now) {
      pass(now);
      return instants.run(sink, maxInstants);
    },
  };
}

/** Now, or the opening of the next candle where one is under way. */
function firstWholeCandle({ calendar, baseTimeframeMs, now }: LiveInstantsOptions): number {
  const session = createSessionFinder(calendar)(now);
  if (session === undefined) return now;
  const candles = Math.ceil((now - session.openAt) / baseTimeframeMs);
  return Math.min(session.openAt + candles * baseTimeframeMs, session.closeAt);
}
