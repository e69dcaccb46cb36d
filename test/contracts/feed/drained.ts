import type { Mark } from '../../../src/core/domain/events/events.ts';
import type { Candle, CandleView } from '../../../src/core/domain/market/candle.ts';
import type { InstantSink } from '../../../src/core/domain/replay.ts';
import type { Feed } from '../../../src/core/ports/feed.ts';

/** One instant as it was handed out, copied. */
export type SeenInstant = {
  readonly at: number;
  readonly candles: readonly Candle[];
  readonly marks: readonly Mark[];
};

const NEVER = new AbortController().signal;

/** Keeps copies, and spoils each view after the call, so that a feed that leans on it fails. */
export function createCopyingSink(seen: SeenInstant[]): InstantSink {
  return {
    instant(at, candles, count, marks) {
      seen.push({ at, candles: candles.slice(0, count).map((candle) => ({ ...candle })), marks: [...marks] });
      for (const candle of candles.slice(0, count)) spoil(candle);
    },
  };
}

function spoil(candle: Candle): void {
  const view = candle as CandleView; // the very object the feed hands out
  view.openAt = Number.NaN;
  view.closeAt = Number.NaN;
  view.open = Number.NaN;
  view.high = Number.NaN;
  view.low = Number.NaN;
  view.close = Number.NaN;
  view.volume = Number.NaN;
}

/** Everything a feed has to say, at most so many instants at a time. */
export async function drain(feed: Feed, atATime = 1_000): Promise<readonly SeenInstant[]> {
  const seen: SeenInstant[] = [];
  const sink = createCopyingSink(seen);
  while (await feed.ready(NEVER)) {
    if (feed.run(sink, atATime) === 0) throw new Error('It was ready, and there was no instant.');
  }
  return seen;
}
