import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';

/** Which number of a candle a reading folds. */
export const SOURCES = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4'] as const;

export type Source = (typeof SOURCES)[number];

export type ReadCandle = (candle: Candle) => number;

/** Typical price. Written around the close so that a candle without range gives exactly its price. */
export function hlc3(candle: Candle): number {
  const { high, low, close } = candle;
  return close + (high - close + (low - close)) / 3;
}

const READERS: Readonly<Record<Source, ReadCandle>> = {
  open: (candle) => candle.open,
  high: (candle) => candle.high,
  low: (candle) => candle.low,
  close: (candle) => candle.close,
  volume: (candle) => candle.volume,
  hl2: (candle) => candle.low + (candle.high - candle.low) / 2,
  hlc3,
  ohlc4: (candle) => {
    const { open, high, low, close } = candle;
    return close + (open - close + (high - close) + (low - close)) / 4;
  },
};

export function readerOf(source: Source): ReadCandle {
  return READERS[source];
}

/** The same numbers as a column, where the tape holds them as they are. */
export function numbersOf(tape: CandleTape, source: Source): Float64Array | undefined {
  return source === 'hl2' || source === 'hlc3' || source === 'ohlc4' ? undefined : tape[source];
}
