import { createCostModel } from '../../trading/costs/catalog.ts';
import { decimalsOf } from '../../trading/money.ts';
import { type CalendarData, EVERY_DAY } from '../calendar-data.ts';
import { createExchangeCalendar, type SessionOffsets } from '../exchange-calendar.ts';
import type { Instrument } from '../instrument.ts';
import type { InstrumentHints, Market } from '../market.ts';
import type { MarketOptions } from './market-options.ts';

/** A market as data: what `createMarket` turns, with the user's options, into a `Market`. */
export type MarketPreset = {
  readonly name: string;
  readonly summary: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly calendar: CalendarData;
  readonly offsets: SessionOffsets;
  /** Currency units. */
  readonly startingBalance: number;
  readonly leverage: number;
  /** Name of a cost model. */
  readonly costs: string;
  instrument(hints: InstrumentHints): Instrument;
};

/** @throws {TradekitError} CONFIG for an unknown cost model */
export function createPresetMarket(preset: MarketPreset, options: MarketOptions = {}): Market {
  return {
    name: preset.name,
    currency: preset.currency,
    minorDigits: preset.minorDigits,
    calendar: createExchangeCalendar(preset.calendar, offsetsOf(preset.offsets, options)),
    tradingDaysPerYear: new Set(preset.calendar.weekdays).size === EVERY_DAY.length ? 365 : 252,
    startingBalance: options.startingBalance ?? preset.startingBalance,
    leverage: options.leverage ?? preset.leverage,
    costs: createCostModel(options.costs ?? preset.costs, options.costOptions),
    instrument: (hints) =>
      onItsGrid({ ...preset.instrument(hints), ...options.instruments?.get(hints.symbol) }, hints),
  };
}

/** Money is reckoned on a grid on which every price stands: the data's, and one tick beside it. */
function onItsGrid(instrument: Instrument, { priceDecimals }: InstrumentHints): Instrument {
  const fewest = Math.max(priceDecimals, decimalsOf(instrument.tick));
  return instrument.decimals >= fewest ? instrument : { ...instrument, decimals: fewest };
}

function offsetsOf(offsets: SessionOffsets, options: MarketOptions): SessionOffsets {
  const { entryFromOffsetMs, entryUntilOffsetMs, squareOffOffsetMs } = options;
  return {
    entryFromOffsetMs: entryFromOffsetMs ?? offsets.entryFromOffsetMs,
    entryUntilOffsetMs: entryUntilOffsetMs ?? offsets.entryUntilOffsetMs,
    squareOffOffsetMs: squareOffOffsetMs === undefined ? offsets.squareOffOffsetMs : squareOffOffsetMs,
  };
}
