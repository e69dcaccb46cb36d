/** How candles fill orders: see DESIGN §6, Fills. `oracle` exists only to compare with an independent engine. */
export type FillModel = 'pessimistic' | 'neutral' | 'oracle';

/** Slippage per unit on market, stop and square-off fills: the larger of `ticks` and `bp` (hundredths of a percent). */
export type Slippage = { readonly ticks: number; readonly bp: number };

export type FillSettings = {
  readonly model: FillModel;
  readonly slippage: Slippage;
  /** Marketable limit of a market entry: decision close ± this share of |entry − stop|, at least one tick. */
  readonly collarRatio: number;
  /** A market entry fills at the open of a candle that starts at most this many base timeframes after the decision. */
  readonly marketLifeCandles: number;
  /** Limit and stop entries live this many base candles, never past the entry window. */
  readonly entryLifeCandles: number;
};

export const DEFAULT_FILLS: FillSettings = {
  model: 'pessimistic',
  slippage: { ticks: 1, bp: 2 },
  collarRatio: 0.25,
  marketLifeCandles: 2,
  entryLifeCandles: 10,
};
