import { EVERY_DAY } from '../calendar-data.ts';
import type { MarketPreset } from './preset.ts';
import { isFxPair } from './symbol-kind.ts';

/** Round the clock: a session is a UTC day, entries are free all day and nothing is squared off. */
export const crypto: MarketPreset = {
  name: 'crypto',
  summary: 'Round the clock, UTC days: coins and currencies',
  currency: 'USD',
  minorDigits: 2,
  calendar: { zone: 'UTC', weekdays: EVERY_DAY, hours: [{ windows: [['00:00', '24:00']] }] },
  offsets: { entryFromOffsetMs: 0, entryUntilOffsetMs: 0, squareOffOffsetMs: null },
  startingBalance: 100_000,
  leverage: 1,
  costs: 'binance-vip0',
  instrument: ({ symbol, priceDecimals }) => {
    const fx = isFxPair(symbol);
    return {
      symbol,
      type: fx ? 'fx' : 'crypto',
      tick: Number(`1e-${priceDecimals}`),
      lot: fx ? 1 : 0.00001,
      decimals: priceDecimals,
    };
  },
};
