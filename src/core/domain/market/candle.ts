/**
 * One closed candle of one symbol, as stages see it.
 *
 * The engine passes ONE view per symbol and overwrites it for the next candle: read it during the call, keep numbers,
 * never the object. Times are UTC epoch milliseconds; prices are decimals as the data gave them; `volume` is NaN where
 * the source has no volume (NaN stays inside folding code and is shown to the outside as "undefined").
 */
export interface Candle {
  /** Place of the symbol in the run's list of symbols (sorted by code units). */
  readonly slot: number;
  readonly openAt: number;
  readonly closeAt: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The same, for the one who owns the view and writes it. */
export type CandleView = { -readonly [K in keyof Candle]: Candle[K] };

export function createCandleView(slot: number): CandleView {
  const none = Number.NaN;
  return { slot, openAt: none, closeAt: none, open: none, high: none, low: none, close: none, volume: none };
}

/** Candles of one symbol as typed columns: same length, ascending unique `openAt`, prices never rounded. */
export type CandleColumns = {
  readonly symbol: string;
  readonly length: number;
  readonly openAt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Undefined where the source has no volume column; never invented as 0. */
  readonly volume: Float64Array | undefined;
  /** The most decimals seen in a price (0 to 9): the grid on which money can be exact. */
  readonly priceDecimals: number;
};
