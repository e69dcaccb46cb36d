import type { FeedTick } from './feed.ts';

/** What a stream of ticks tells. Called from outside at any time, never while another call is under way. */
export interface TickListener {
  /** Trades, in the order in which they were heard. */
  ticks(batch: readonly FeedTick[]): void;
  /** The connection was lost and is there again: what follows may repeat what was heard before. */
  reconnected(): void;
  /** No more will come. With an error: the source is away for good. */
  ended(error?: Error): void;
}

/** A broker's stream of trades: what an adapter for a websocket implements. It connects again by itself. */
export interface TickStream extends AsyncDisposable {
  /** Begins to listen; called once. */
  start(listener: TickListener): void;
}
