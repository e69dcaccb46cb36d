import type { Candle } from '../market/candle.ts';
import type { Bracket } from './bracket.ts';
import type { FillModel } from './settings.ts';

/** Where an entry fills: at the candle's open, or somewhere inside it. `price` is before slippage. */
export type EntryMatch = { readonly price: number; readonly atOpen: boolean };

/**
 * Meets a working entry with the next candle of its symbol.
 *
 * Market: at the open, unless the open is beyond the limit (`price_moved`; the `oracle` model has no limit).
 * Limit: when the candle trades through it, at the better of price and open. Stop: on touch, at the worse of the two.
 */
export function matchEntry(
  bracket: Bracket,
  candle: Candle,
  model: FillModel,
): EntryMatch | 'price_moved' | undefined {
  switch (bracket.kind) {
    case 'market':
      return matchMarket(bracket, candle, model);
    case 'limit':
      return matchLimit(bracket, candle);
    case 'stop':
      return matchStop(bracket, candle);
  }
}

function matchMarket(bracket: Bracket, candle: Candle, model: FillModel): EntryMatch | 'price_moved' {
  if (model !== 'oracle' && bracket.sign * (candle.open - bracket.limit) > 0) return 'price_moved';
  return { price: candle.open, atOpen: true };
}

function matchLimit({ sign, price, entryThrough }: Bracket, candle: Candle): EntryMatch | undefined {
  if (sign * (candle.open - entryThrough) <= 0) return { price: candle.open, atOpen: true };
  const extreme = sign === 1 ? candle.low : candle.high;
  if (sign * (extreme - entryThrough) > 0) return undefined;
  return { price: sign === 1 ? Math.min(price, candle.open) : Math.max(price, candle.open), atOpen: false };
}

function matchStop({ sign, price }: Bracket, candle: Candle): EntryMatch | undefined {
  if (sign * (candle.open - price) >= 0) return { price: candle.open, atOpen: true };
  const extreme = sign === 1 ? candle.high : candle.low;
  return sign * (extreme - price) >= 0 ? { price, atOpen: false } : undefined;
}
