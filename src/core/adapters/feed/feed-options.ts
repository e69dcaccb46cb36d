import type { Market } from '../../domain/market/market.ts';
import type { TradeAs } from '../../domain/market/traded-instrument.ts';
import type { ReadOptions } from '../../ports/candle-files.ts';

/** What every kind of feed may need to know; each takes what concerns it. */
export type FeedOptions = {
  readonly market: Market;
  /** How files are read, the span, and the base timeframe. */
  readonly read: ReadOptions;
  readonly tradeAs?: TradeAs;
};
