import type { Clock } from '../ports/clock.ts';
import type { Feed } from '../ports/feed.ts';

/** `max`: as fast as it goes. Else multiples of market time, base candle by base candle: time between sessions takes none. */
export type Speed = number | 'max';

export type Pace = {
  readonly clock: Clock;
  readonly speed: Speed;
  /** So many instants take no time: they have been seen before. */
  readonly free: number;
};

/** The pace where none is chosen. A session of the market passes in a second: thirty days of candles in half a minute. */
export const MARKET_SECONDS = 22_500;
/** Wall-clock milliseconds between two looks at what is due. */
const STEP_MS = 20;

/** A feed of history at a pace that can be watched. */
export function createPacedFeed(feed: Feed, { clock, speed, free }: Pace): Feed {
  if (speed === 'max') return feed;
  const msPerInstant = feed.description.baseTimeframeMs / speed;
  let startedAt: number | undefined;
  let done = 0;

  function due(): number {
    if (done < free) return free - done;
    startedAt ??= clock.now();
    return free + Math.floor((clock.now() - startedAt) / msPerInstant) + 1 - done;
  }

  return {
    description: feed.description,
    get nextAt() {
      return feed.nextAt;
    },
    async ready(signal) {
      if (!(await feed.ready(signal))) return false;
      while (due() <= 0 && !signal.aborted) await clock.sleep(Math.min(STEP_MS, msPerInstant), signal);
      return !signal.aborted;
    },
    run(sink, maxInstants) {
      const handedOut = feed.run(sink, Math.max(0, Math.min(maxInstants, due())));
      done += handedOut;
      return handedOut;
    },
    ticks: () => feed.ticks(),
    health: () => feed.health(),
    [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose](),
  };
}
