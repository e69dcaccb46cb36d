import { NSE_CALENDAR } from '../calendars/nse.ts';
import { dateOf } from '../zone.ts';
import type { MarketPreset } from './preset.ts';
import { isNseIndex } from './symbol-kind.ts';

const MINUTE_MS = 60_000;

/** NSE cash equity, intraday: entries 09:20 to 14:45, positions closed 15:12 on a regular day. */
export const nse: MarketPreset = {
  name: 'nse',
  summary: 'National Stock Exchange of India, shares, 09:15 to 15:30 Kolkata',
  currency: 'INR',
  minorDigits: 2,
  calendar: NSE_CALENDAR,
  offsets: {
    entryFromOffsetMs: 5 * MINUTE_MS,
    entryUntilOffsetMs: 45 * MINUTE_MS,
    squareOffOffsetMs: 18 * MINUTE_MS,
  },
  startingBalance: 1_000_000,
  leverage: 5,
  costs: 'zerodha',
  instrument: ({ symbol, firstAt, firstPrice, priceDecimals, hasVolume }) => ({
    symbol,
    type: isNseIndex(symbol, hasVolume) ? 'index' : 'equity',
    tick: nseTick(dateOf(NSE_CALENDAR.zone, firstAt), firstPrice),
    lot: 1,
    decimals: Math.max(2, priceDecimals),
  }),
};

type TickBands = {
  readonly from: string;
  /** The first band whose test holds gives the tick. */
  readonly bands: readonly { readonly holds: (price: number) => boolean; readonly tick: number }[];
};

/** Latest first. The edges are as the circulars print them: 250 and 1000 both belong to the 0.05 band. */
const TICK_BANDS: readonly TickBands[] = [
  {
    from: '2025-04-15',
    bands: [
      { holds: (price) => price < 250, tick: 0.01 },
      { holds: (price) => price <= 1000, tick: 0.05 },
      { holds: (price) => price <= 5000, tick: 0.1 },
      { holds: (price) => price <= 10_000, tick: 0.5 },
      { holds: (price) => price <= 20_000, tick: 1 },
      { holds: () => true, tick: 5 },
    ],
  },
  {
    from: '2024-06-10',
    bands: [
      { holds: (price) => price < 250, tick: 0.01 },
      { holds: () => true, tick: 0.05 },
    ],
  },
];

/**
 * Tick of a share by date and price. The exchange takes the price of the last close of the month before; a run takes
 * the first price it sees, and keeps the tick.
 */
export function nseTick(date: string, price: number): number {
  const bands = TICK_BANDS.find(({ from }) => date >= from)?.bands;
  return bands?.find(({ holds }) => holds(price))?.tick ?? 0.05;
}
