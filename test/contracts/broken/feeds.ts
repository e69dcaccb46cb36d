import type { Candle } from '../../../src/core/domain/market/candle.ts';
import type { InstantSink } from '../../../src/core/domain/replay.ts';
import type { Feed } from '../../../src/core/ports/feed.ts';

/** Feeds that break one promise each, made of a good one. */

export const ignoringMax = (feed: Feed): Feed =>
  broken(feed, {
    run: (sink, maxInstants) => feed.run(sink, maxInstants + 1),
  });

export const stayingReady = (feed: Feed): Feed => broken(feed, { ready: async () => true });

export const deafToAborts = (feed: Feed): Feed =>
  broken(feed, {
    ready: () => feed.ready(new AbortController().signal),
  });

export const inventingCandles = (feed: Feed): Feed =>
  through(feed, (sink) => {
    let last: Candle | undefined;
    return {
      instant(at, candles, count, marks) {
        const shown = candles.slice(0, count);
        const silent = last !== undefined && shown.every(({ slot }) => slot !== last?.slot);
        const filled =
          silent && count > 0 && last ? { ...last, openAt: at - 60_000, closeAt: at } : undefined;
        if (shown[0] !== undefined) last = { ...shown[0] };
        const all = [...shown, ...(filled === undefined ? [] : [filled])].sort((a, b) => a.slot - b.slot);
        sink.instant(at, all, all.length, marks);
      },
    };
  });

export const losingCandles = (feed: Feed): Feed => {
  let n = 0;
  return through(feed, (sink) => ({
    instant(at, candles, count, marks) {
      n += 1;
      sink.instant(at, candles, n === 3 ? 0 : count, marks);
    },
  }));
};

export const unsorted = (feed: Feed): Feed =>
  through(feed, (sink) => ({
    instant: (at, candles, count, marks) => sink.instant(at, candles.slice(0, count).reverse(), count, marks),
  }));

export const endingInTheLastCandle = (feed: Feed): Feed => {
  let held: readonly [at: number, candles: readonly Candle[]] | undefined;
  return through(feed, (sink) => ({
    instant(at, candles, count, marks) {
      const ends = marks.some(({ type }) => type === 'FEED_ENDED');
      if (held !== undefined) sink.instant(held[0], held[1], held[1].length, ends ? marks : []);
      held = undefined;
      if (ends) return;
      if (count > 0 && marks.length === 0)
        held = [at, candles.slice(0, count).map((candle) => ({ ...candle }))];
      else sink.instant(at, candles, count, marks);
    },
  }));
};

export const withoutSessions = (feed: Feed): Feed =>
  through(feed, (sink) => ({
    instant: (at, candles, count, marks) =>
      sink.instant(
        at,
        candles,
        count,
        marks.filter(({ type }) => type !== 'SESSION_OPENED'),
      ),
  }));

export const closingLate = (feed: Feed): Feed =>
  through(feed, (sink) => ({
    instant: (at, candles, count, marks) => sink.instant(at + 1, candles, count, marks),
  }));

export const goingBack = (feed: Feed): Feed => {
  let n = 0;
  return through(feed, (sink) => ({
    instant(at, candles, count, marks) {
      n += 1;
      sink.instant(n === 4 ? at - 600_000 : at, candles, count, marks);
    },
  }));
};

let openings = 0;
export const forgetful = (feed: Feed): Feed => {
  openings += 1;
  const change = openings;
  return through(feed, (sink) => ({
    instant: (at, candles, count, marks) =>
      sink.instant(
        at,
        candles.slice(0, count).map((candle) => ({ ...candle, volume: candle.volume + change })),
        count,
        marks,
      ),
  }));
};

export const leaningOnItsViews = (feed: Feed): Feed => {
  let shown: readonly Candle[] = [];
  return through(feed, (sink) => ({
    instant(at, candles, count, marks) {
      const before = shown[0]?.close;
      shown = candles.slice(0, count);
      const continued = shown.map((candle) => ({ ...candle, open: before ?? candle.open }));
      sink.instant(at, continued, count, marks);
      shown = continued;
    },
  }));
};

function through(feed: Feed, change: (sink: InstantSink) => InstantSink): Feed {
  let inner: InstantSink = { instant: () => {} };
  const outer = change({ instant: (...args) => inner.instant(...args) });
  return broken(feed, {
    run(sink, maxInstants) {
      inner = sink;
      return feed.run(outer, maxInstants);
    },
  });
}

/** The same feed but for what is broken. */
function broken(feed: Feed, change: Partial<Pick<Feed, 'run' | 'ready'>>): Feed {
  return {
    description: feed.description,
    get nextAt() {
      return feed.nextAt;
    },
    ready: (signal) => feed.ready(signal),
    run: (sink, maxInstants) => feed.run(sink, maxInstants),
    ticks: () => feed.ticks(),
    health: () => feed.health(),
    [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose](),
    ...change,
  };
}
