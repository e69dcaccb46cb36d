import { type Candle, createCandleView } from './candle.ts';
import type { Session } from './session.ts';

/**
 * Builds the candles of one higher timeframe of one symbol from its base candles.
 *
 * Buckets are anchored at the session's open and cut at its close. A bucket exists for others only when `take` hands it
 * out, which its owner calls when the clock has reached `endAt`. A bucket begun before the feed did is partial: it is
 * built, and `take` gives undefined for it. No candle is ever invented for a bucket in which nothing traded.
 */
export interface CandleBuilder {
  /** End of the bucket under way, UTC epoch ms; Infinity when there is none. */
  readonly endAt: number;
  startSession(session: Session, feedFrom: number): void;
  /** Adds a base candle to its bucket. The owner has taken any bucket that ended before it. */
  add(candle: Candle): void;
  /** Closes the bucket under way. The view is reused for the next one. */
  take(): Candle | undefined;
}

export function createCandleBuilder(slot: number, timeframeMs: number): CandleBuilder {
  const view = createCandleView(slot);
  let sessionOpenAt = 0;
  let sessionCloseAt = 0;
  let knownFrom = 0;

  function begin(candle: Candle): void {
    const startAt = sessionOpenAt + Math.floor((candle.openAt - sessionOpenAt) / timeframeMs) * timeframeMs;
    builder.endAt = Math.min(startAt + timeframeMs, sessionCloseAt);
    view.openAt = startAt;
    view.closeAt = builder.endAt;
    view.open = candle.open;
    view.high = candle.high;
    view.low = candle.low;
    view.close = candle.close;
    view.volume = candle.volume;
  }

  const builder = {
    endAt: Number.POSITIVE_INFINITY,
    startSession(session: Session, feedFrom: number): void {
      sessionOpenAt = session.openAt;
      sessionCloseAt = session.closeAt;
      knownFrom = feedFrom;
    },
    add(candle: Candle): void {
      if (builder.endAt === Number.POSITIVE_INFINITY) {
        begin(candle);
        return;
      }
      if (candle.high > view.high) view.high = candle.high;
      if (candle.low < view.low) view.low = candle.low;
      view.close = candle.close;
      view.volume += candle.volume;
    },
    take(): Candle | undefined {
      builder.endAt = Number.POSITIVE_INFINITY;
      return view.openAt < knownFrom ? undefined : view;
    },
  };
  return builder;
}
