import type { Feed, FeedTick } from '../ports/feed.ts';
import type { TickPublisher } from '../ports/tick-publisher.ts';

/** A feed whose ticks are also shown to whoever looks: the newest of each symbol, each time it hands something out. */
export function createTickShow(
  feed: Feed,
  publisher: TickPublisher,
  onFailure: (error: unknown) => void,
): Feed {
  let failed = false;

  function show(tick: FeedTick): void {
    publisher.publishTick(tickLine(tick)).catch((error: unknown) => {
      // Nothing decides on ticks: it is said once, and the feed goes on.
      if (!failed) onFailure(error);
      failed = true;
    });
  }

  return {
    description: feed.description,
    get nextAt() {
      return feed.nextAt;
    },
    ready: (signal) => feed.ready(signal),
    run(sink, maxInstants) {
      const handedOut = feed.run(sink, maxInstants);
      if (!failed) for (const tick of feed.ticks()) show(tick);
      return handedOut;
    },
    ticks: () => [],
    health: () => feed.health(),
    [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose](),
  };
}

/** `MARKET.TICK`, type `TICK`. */
function tickLine({ symbol, at, price, size }: FeedTick): string {
  const id = `${symbol}/tick/${at}`;
  return JSON.stringify({
    id,
    v: 1,
    type: 'TICK',
    symbol,
    at,
    price,
    ...(size === undefined ? {} : { size }),
  });
}
