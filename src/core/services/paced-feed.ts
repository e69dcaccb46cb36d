import type { Clock } from '../ports/clock.ts';
import type { Feed } from '../ports/feed.ts';
import { createGate, type Gate } from './gate.ts';

/** `max`: as fast as it goes. Else multiples of market time, base candle by base candle: time between sessions takes none. */
export type Speed = number | 'max';

export type Pace = {
  readonly clock: Clock;
  readonly speed: Speed;
  /** So many instants take no time, and no gate holds them back: they have been seen before. */
  readonly free: number;
  /** While it is closed the feed stands still, whatever is due; single instants pass at once. */
  readonly gate?: Gate | undefined;
};

/** The pace where none is chosen. A session of the market passes in a second: thirty days of candles in half a minute. */
export const MARKET_SECONDS = 22_500;
/** Wall-clock milliseconds between two looks at what is due. */
const STEP_MS = 20;

/** A feed of history at a pace that can be watched, and stopped. */
export function createPacedFeed(feed: Feed, { clock, speed, free, gate = createGate() }: Pace): Feed {
  const msPerInstant = speed === 'max' ? 0 : feed.description.baseTimeframeMs / speed;
  let done = 0;
  /** When so many were done the pace began, or began anew: time that a gate was closed is not caught up on. */
  let begun: { readonly at: number; readonly done: number } | undefined;
  let isSingle = false;

  function due(): number {
    if (done < free) return free - done;
    if (isSingle) return 1;
    if (speed === 'max') return Number.POSITIVE_INFINITY;
    begun ??= { at: clock.now(), done };
    return begun.done + Math.floor((clock.now() - begun.at) / msPerInstant) + 1 - done;
  }

  async function waitAtGate(signal: AbortSignal): Promise<void> {
    if (done < free || isSingle || !gate.isClosed) return;
    isSingle = (await gate.pass(signal)) === 'one';
    begun = undefined;
  }

  return {
    description: feed.description,
    get nextAt() {
      return feed.nextAt;
    },
    async ready(signal) {
      if (!(await feed.ready(signal))) return false;
      await waitAtGate(signal);
      while (due() <= 0 && !signal.aborted) {
        await clock.sleep(Math.min(STEP_MS, msPerInstant), signal);
        await waitAtGate(signal);
      }
      return !signal.aborted;
    },
    run(sink, maxInstants) {
      const handedOut = feed.run(sink, Math.max(0, Math.min(maxInstants, due())));
      done += handedOut;
      if (handedOut > 0) isSingle = false;
      return handedOut;
    },
    ticks: () => feed.ticks(),
    health: () => feed.health(),
    [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose](),
  };
}
