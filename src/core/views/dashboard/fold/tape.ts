import type { CandleClosed, SessionOpened } from '../../../domain/events/events.ts';
import type { Candle } from '../../../domain/market/candle.ts';

/** Base candles that are kept of a symbol: four sessions of minutes at an Indian exchange. */
const KEPT = 1500;

/** A candle with the open of the session that it belongs to, by which higher timeframes are anchored. */
export type TapeCandle = Candle & { readonly sessionOpenAt: number };

/** What the candles of one symbol say. Prices in quote currency. */
export type Quote = {
  /** Undefined before its first candle. */
  readonly last: number | undefined;
  readonly lastAt: number | undefined;
  /** Close of the session before; where there was none, the first open of all. */
  readonly reference: number | undefined;
};

/** The newest candles of every symbol, and how far each has moved. Memory is bounded. */
export interface Tape {
  onCandle(slot: number, event: CandleClosed): void;
  onSession(mark: SessionOpened): void;
  quote(slot: number): Quote;
  /** Oldest first; views of what is kept, good until the next candle. */
  candles(slot: number): readonly TapeCandle[];
}

export function createTape(symbols: number): Tape {
  const kept: TapeCandle[][] = Array.from({ length: symbols }, () => []);
  const quotes = Array.from({ length: symbols }, () => ({
    last: undefined as number | undefined,
    lastAt: undefined as number | undefined,
    reference: undefined as number | undefined,
  }));
  let sessionOpenAt = 0;

  return {
    onSession(mark) {
      sessionOpenAt = mark.openAt;
      for (const quote of quotes) quote.reference = quote.last;
    },
    onCandle(slot, { openAt, at, open, high, low, close, volume = Number.NaN }) {
      const quote = quotes[slot];
      const own = kept[slot];
      if (quote === undefined || own === undefined) return;
      quote.reference ??= open;
      quote.last = close;
      quote.lastAt = at;
      own.push({ slot, openAt, closeAt: at, open, high, low, close, volume, sessionOpenAt });
      // Cut seldom: each cut moves all that is kept.
      if (own.length >= 2 * KEPT) own.splice(0, own.length - KEPT);
    },
    quote: (slot) => quotes[slot] ?? NOTHING,
    candles: (slot) => (kept[slot] ?? []).slice(-KEPT),
  };
}

const NOTHING: Quote = { last: undefined, lastAt: undefined, reference: undefined };
