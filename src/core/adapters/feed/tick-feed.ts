import type { Calendar } from '../../domain/market/calendar.ts';
import { createTickBatch } from '../../domain/market/tick-batch.ts';
import { TickInstants } from '../../domain/tick-instants.ts';
import type { Feed, FeedDescription, FeedHealth } from '../../ports/feed.ts';
import { createTickWindow, newestOf } from './newest.ts';
import type { TickSource } from './tick-source.ts';

export type TickFeedOptions = {
  readonly description: FeedDescription;
  readonly calendar: Calendar;
  readonly source: TickSource;
  /** Only ticks whose candle opens at it or later. */
  readonly fromAt?: number;
  /** The feed ends with the first tick whose candle opens at it or later. */
  readonly toAt?: number;
  /** Looks at the counts after each batch; throws where they say that the source cannot be meant. */
  readonly inspect?: (health: FeedHealth, isAtEnd: boolean) => void;
};

/**
 * Ticks by the time of the market: an instant is complete as soon as a tick of a later candle came, of whatever symbol.
 *
 * One batch of ticks and two buckets of candles are held at any time. Ticks are taken only when no instant is waiting, so
 * that what is late does not hang on the pace of the one who runs it.
 */
export function createTickFeed(options: TickFeedOptions): Feed {
  const { description, calendar, source, fromAt, toAt, inspect } = options;
  const { instruments, baseTimeframeMs } = description;
  const instants = new TickInstants({
    calendar,
    symbols: instruments.length,
    baseTimeframeMs,
    ...(fromAt === undefined ? {} : { fromAt }),
    ...(toAt === undefined ? {} : { toAt }),
  });
  let batch = createTickBatch(0);
  let place = 0;
  let isAtEnd = false;

  /** Takes ticks until an instant is complete, or the batch is used up. */
  function takeTicks(): void {
    const { length, slot, at, price, size } = batch;
    while (place < length && !instants.isPast) {
      const known = instants.newestOpenAt;
      instants.add(slot[place] ?? -1, at[place] ?? 0, price[place] ?? 0, size[place] ?? 0);
      place += 1;
      if (instants.newestOpenAt === known) continue;
      instants.settle(instants.newestOpenAt);
      if (instants.isReady) return;
    }
    if (instants.isPast) end();
  }

  function end(): void {
    isAtEnd = true;
    place = batch.length;
    instants.end();
  }

  async function nextBatch(): Promise<void> {
    const next = await source.next();
    if (next === undefined) end();
    else batch = next;
    place = next === undefined ? batch.length : 0;
    inspect?.(health(), isAtEnd);
  }

  function health(): FeedHealth {
    return { ...instants.counts, repeated: 0, reconnects: 0, ...newestOf(instants.newestAt) };
  }

  return {
    description,
    get nextAt() {
      return instants.nextAt;
    },
    async ready(signal) {
      while (!signal.aborted) {
        if (instants.isReady) return true;
        if (isAtEnd) {
          if (instants.isPast) inspect?.(health(), isAtEnd);
          return false;
        }
        if (place === batch.length) await nextBatch();
        takeTicks();
      }
      return false;
    },
    run(sink, maxInstants) {
      let n = instants.run(sink, maxInstants);
      while (n < maxInstants && place < batch.length) {
        takeTicks();
        n += instants.run(sink, maxInstants - n);
      }
      return n;
    },
    ticks: createTickWindow(instants, instruments),
    health,
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}
