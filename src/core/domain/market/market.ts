import type { CostModel } from '../trading/costs.ts';
import type { Calendar } from './calendar.ts';
import type { Instrument } from './instrument.ts';

/** What the data tells about a symbol before the run: enough to choose its grid. */
export type InstrumentHints = {
  readonly symbol: string;
  /** UTC epoch ms of its first candle. */
  readonly firstAt: number;
  readonly firstPrice: number;
  readonly priceDecimals: number;
  readonly hasVolume: boolean;
};

/** One market: its clock, its grid, its money. One run is one market. */
export type Market = {
  readonly name: string;
  readonly currency: string;
  /** Decimals of the money: 2 for INR and USD. Ledger amounts are integers of 10^-minorDigits. */
  readonly minorDigits: number;
  readonly calendar: Calendar;
  /** For ratios per year: 252, or 365 where the market trades every day of the week. */
  readonly tradingDaysPerYear: number;
  /** Default starting balance in currency units. */
  readonly startingBalance: number;
  readonly leverage: number;
  readonly costs: CostModel;
  instrument(hints: InstrumentHints): Instrument;
};
