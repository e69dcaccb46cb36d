import { NYSE_CALENDAR } from '../calendars/nyse.ts';
import type { MarketPreset } from './preset.ts';
import { isUsIndex } from './symbol-kind.ts';

const MINUTE_MS = 60_000;

/**
 * US shares, regular session: entries 09:35 to 15:15, positions closed 15:45 on a regular day: a quarter of an hour
 * ahead of the close, before most closing-auction orders may no longer be changed.
 *
 * The tick is a cent, below a dollar a hundredth of it (Regulation NMS, rule 612).
 */
export const us: MarketPreset = {
  name: 'us',
  summary: 'NYSE and Nasdaq, shares, 09:30 to 16:00 New York',
  currency: 'USD',
  minorDigits: 2,
  calendar: NYSE_CALENDAR,
  offsets: {
    entryFromOffsetMs: 5 * MINUTE_MS,
    entryUntilOffsetMs: 45 * MINUTE_MS,
    squareOffOffsetMs: 15 * MINUTE_MS,
  },
  startingBalance: 100_000,
  leverage: 4,
  costs: 'ibkr-fixed',
  instrument: ({ symbol, firstPrice, priceDecimals, hasVolume }) => ({
    symbol,
    type: isUsIndex(symbol, hasVolume) ? 'index' : 'equity',
    tick: firstPrice < 1 ? 0.0001 : 0.01,
    lot: 1,
    decimals: Math.max(firstPrice < 1 ? 4 : 2, priceDecimals),
  }),
};
