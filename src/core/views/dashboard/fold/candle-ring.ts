import type { Candle } from '../../../domain/market/candle.ts';

/** A candle with the open of the session that it belongs to, by which higher timeframes are anchored. */
export type TapeCandle = Candle & { readonly sessionOpenAt: number };

/**
 * The newest candles of one symbol, as plain numbers: they are most of what a dashboard keeps, and objects of them would
 * take five times as much.
 */
export interface CandleRing {
  push(candle: Omit<TapeCandle, 'slot'>): void;
  /** Oldest first. */
  read(): readonly TapeCandle[];
}

/** Numbers of one candle. */
const WIDTH = 8;

export function createCandleRing(slot: number, kept: number): CandleRing {
  const numbers = new Float64Array(kept * WIDTH);
  let pushed = 0;

  function at(row: number): TapeCandle {
    const from = (row % kept) * WIDTH;
    const [openAt, closeAt, open, high, low, close, volume, sessionOpenAt] = numbers.subarray(
      from,
      from + WIDTH,
    ) as unknown as Row;
    return { slot, openAt, closeAt, open, high, low, close, volume, sessionOpenAt };
  }

  return {
    push({ openAt, closeAt, open, high, low, close, volume, sessionOpenAt }) {
      const row: Row = [openAt, closeAt, open, high, low, close, volume, sessionOpenAt];
      numbers.set(row, (pushed % kept) * WIDTH);
      pushed += 1;
    },
    read() {
      const length = Math.min(pushed, kept);
      return Array.from({ length }, (_, i) => at(pushed - length + i));
    },
  };
}

/** In this order a candle lies in the ring. */
type Row = readonly [
  openAt: number,
  closeAt: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
  sessionOpenAt: number,
];
