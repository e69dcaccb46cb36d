import type { CandleColumns } from '../market/candle.ts';

/** What holding the symbol from the first candle to the last would have made, before any cost. */
export type BuyAndHold = {
  readonly symbol: string;
  readonly firstOpen: number;
  readonly lastClose: number;
  readonly grossPct: number;
};

/** null for a symbol without candles. Prices as the run saw them, adjustments included. */
export function buyAndHold({ symbol, length, open, close }: CandleColumns): BuyAndHold | null {
  const firstOpen = open[0];
  const lastClose = close[length - 1];
  if (length === 0 || firstOpen === undefined || lastClose === undefined || firstOpen <= 0) return null;
  return { symbol, firstOpen, lastClose, grossPct: 100 * (lastClose / firstOpen - 1) };
}
