import type { CandleClosed, SessionOpened } from '../../../domain/events/events.ts';
import { createCandleRing, type TapeCandle } from './candle-ring.ts';

/** Base candles that are kept of a symbol: four sessions of minutes at an Indian exchange. */
const KEPT = 1500;

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
  /** Oldest first. */
  candles(slot: number): readonly TapeCandle[];
}

export function createTape(symbols: number): Tape {
  const rings = Array.from({ length: symbols }, (_, slot) => createCandleRing(slot, KEPT));
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
      if (quote === undefined) return;
      quote.reference ??= open;
      quote.last = close;
      quote.lastAt = at;
      rings[slot]?.push({ openAt, closeAt: at, open, high, low, close, volume, sessionOpenAt });
    },
    quote: (slot) => quotes[slot] ?? NOTHING,
    candles: (slot) => rings[slot]?.read() ?? [],
  };
}

const NOTHING: Quote = { last: undefined, lastAt: undefined, reference: undefined };
