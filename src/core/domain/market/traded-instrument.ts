import type { CandleColumns } from './candle.ts';
import type { Instrument, InstrumentType } from './instrument.ts';
import type { InstrumentHints, Market } from './market.ts';

/** What an index is traded as, where the user wants it traded. */
export type TradeAs = Extract<InstrumentType, 'equity' | 'future'>;

/** The instrument as this run treats it: the market's, and an index as `tradeAs` says. */
export function tradedInstrument(
  market: Market,
  hints: InstrumentHints,
  tradeAs: TradeAs | undefined,
): Instrument {
  const instrument = market.instrument(hints);
  return instrument.type === 'index' && tradeAs !== undefined ? { ...instrument, type: tradeAs } : instrument;
}

/** What the columns of a symbol tell about it. */
export function hintsOf(of: CandleColumns): InstrumentHints {
  return {
    symbol: of.symbol,
    firstAt: of.openAt[0] ?? 0,
    firstPrice: of.open[0] ?? 0,
    priceDecimals: of.priceDecimals,
    hasVolume: of.volume !== undefined,
  };
}
