import type { CostOptions } from '../../trading/costs/options.ts';
import type { SessionOffsets } from '../exchange-calendar.ts';
import type { Instrument } from '../instrument.ts';

/** What a user knows better about one symbol than the preset. */
export type InstrumentOverride = Partial<Omit<Instrument, 'symbol'>>;

/** What may differ from a preset. Everything left out is the preset's. */
export type MarketOptions = Partial<SessionOffsets> & {
  /** Name of a cost model: see `createCostModel`. */
  readonly costs?: string;
  readonly costOptions?: CostOptions;
  /** Currency units. */
  readonly startingBalance?: number;
  readonly leverage?: number;
  /** By symbol, exactly as the data names it. */
  readonly instruments?: ReadonlyMap<string, InstrumentOverride>;
};
