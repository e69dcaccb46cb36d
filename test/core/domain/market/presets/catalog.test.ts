import { describe, expect, it } from 'vitest';
import type { InstrumentHints } from '../../../../../src/core/domain/market/market.ts';
import { createMarket, MARKETS } from '../../../../../src/core/domain/market/presets/catalog.ts';
import { nseTick } from '../../../../../src/core/domain/market/presets/nse.ts';

const DAY = 86_400_000;

function hints(symbol: string, other: Partial<InstrumentHints> = {}): InstrumentHints {
  return {
    symbol,
    firstAt: Date.UTC(2015, 6, 6, 3, 45),
    firstPrice: 150,
    priceDecimals: 2,
    hasVolume: true,
    ...other,
  };
}

describe('createMarket', () => {
  it.each([
    ['nse', 'Asia/Kolkata', 'INR', 1_000_000, 5, 'zerodha', 252],
    ['us', 'America/New_York', 'USD', 100_000, 4, 'ibkr-fixed', 252],
    ['crypto', 'UTC', 'USD', 100_000, 1, 'binance-vip0', 365],
  ])('%s: %s, %s %d, leverage %d, %s', (name, zone, currency, startingBalance, leverage, costs, days) => {
    const market = createMarket(name);
    expect(market).toMatchObject({ name, currency, minorDigits: 2, startingBalance, leverage });
    expect(market.tradingDaysPerYear).toBe(days);
    expect(market.calendar.zone).toBe(zone);
    expect(market.costs.name).toBe(costs);
  });

  it('has every preset under its own name', () => {
    expect([...MARKETS].every(([name, preset]) => preset.name === name)).toBe(true);
  });

  it.each(['nsee', '__proto__'])('refuses %s and lists the known names', (name) => {
    expect(() => createMarket(name)).toThrow(
      expect.objectContaining({
        code: 'CONFIG',
        message: `Unknown market "${name}".`,
        hint: 'Known: nse, us, crypto.',
      }),
    );
  });

  it('takes what the user says instead of the preset', () => {
    const market = createMarket('nse', {
      squareOffOffsetMs: null,
      entryUntilOffsetMs: 0,
      costs: 'percent:0.05',
      leverage: 1,
      startingBalance: 50_000,
      instruments: new Map([['NIFTY', { type: 'future', lot: 75 }]]),
    });
    expect(market).toMatchObject({ leverage: 1, startingBalance: 50_000 });
    expect(market.costs.name).toBe('percent:0.05');
    const at = Date.UTC(2015, 6, 6, 5);
    const [session] = market.calendar.sessions(at, at);
    expect(session).toMatchObject({ squareOffAt: undefined, entryUntilAt: session?.closeAt });
    expect(market.instrument(hints('NIFTY'))).toMatchObject({ type: 'future', lot: 75, tick: 0.05 });
    expect(market.instrument(hints('SBIN'))).toMatchObject({ type: 'equity', lot: 1 });
  });
});

describe('nse instruments', () => {
  const nse = createMarket('nse');

  it.each(['NIFTY', 'NIFTY 50', 'nifty', 'BANKNIFTY', 'NIFTY_BANK', 'FINNIFTY', 'SENSEX', 'INDIA VIX'])(
    'takes %s for an index',
    (symbol) => expect(nse.instrument(hints(symbol)).type).toBe('index'),
  );

  it('takes a file of an index without volume for the index', () => {
    expect(nse.instrument(hints('NIFTY_1min_2015-01_2015-03', { hasVolume: false })).type).toBe('index');
  });

  it.each([
    ['FEDERALBNK', true],
    ['YESBANK', false],
    ['NIFTYBEES', true],
    ['NIFTYBEES', false],
    ['NIFTY-I', true],
  ])('takes %s (volume: %s) for equity', (symbol, hasVolume) => {
    expect(nse.instrument(hints(symbol, { hasVolume })).type).toBe('equity');
  });

  it('trades single shares on at least two decimals', () => {
    expect(nse.instrument(hints('SBIN', { priceDecimals: 1 }))).toEqual({
      symbol: 'SBIN',
      type: 'equity',
      tick: 0.05,
      lot: 1,
      decimals: 2,
    });
    expect(nse.instrument(hints('SBIN', { priceDecimals: 4 })).decimals).toBe(4);
  });

  // nse-rules.json, tickSize.cash
  it.each([
    ['2024-06-09', 100, 0.05],
    ['2024-06-10', 249.99, 0.01],
    ['2024-06-10', 250, 0.05],
    ['2025-04-14', 30_000, 0.05],
    ['2025-04-15', 249.99, 0.01],
    ['2025-04-15', 250, 0.05],
    ['2025-04-15', 1000, 0.05],
    ['2025-04-15', 1000.05, 0.1],
    ['2025-04-15', 5000, 0.1],
    ['2025-04-15', 5000.5, 0.5],
    ['2025-04-15', 10_000.5, 1],
    ['2025-04-15', 20_000, 1],
    ['2025-04-15', 20_001, 5],
  ])('on %s a share at %d has the tick %d', (date, price, tick) => {
    expect(nseTick(date, price)).toBe(tick);
  });

  it('takes the band of the first candle’s Indian date', () => {
    // 2024-06-09 18:30 UTC is midnight of the 10th in Kolkata
    const firstAt = Date.UTC(2024, 5, 9, 18, 30);
    expect(nse.instrument(hints('SBIN', { firstAt })).tick).toBe(0.01);
    expect(nse.instrument(hints('SBIN', { firstAt: firstAt - 1 })).tick).toBe(0.05);
  });
});

describe('us instruments', () => {
  const us = createMarket('us');

  it('trades in cents, below a dollar in hundredths of them', () => {
    expect(us.instrument(hints('SPY'))).toMatchObject({ type: 'equity', tick: 0.01, lot: 1, decimals: 2 });
    expect(us.instrument(hints('PENNY', { firstPrice: 0.5 }))).toMatchObject({ tick: 0.0001, decimals: 4 });
    expect(us.instrument(hints('^GSPC'))).toMatchObject({ type: 'index' });
  });
});

describe('crypto', () => {
  const market = createMarket('crypto');

  it('has one session a UTC day, back to back, without square-off', () => {
    const from = Date.UTC(2020, 1, 28);
    const sessions = market.calendar.sessions(from, from + 3 * DAY - 1);
    expect(sessions.map(({ date }) => date)).toEqual(['2020-02-28', '2020-02-29', '2020-03-01']);
    for (const { openAt, closeAt, entryFromAt, entryUntilAt, squareOffAt } of sessions) {
      expect([closeAt - openAt, entryFromAt - openAt, closeAt - entryUntilAt]).toEqual([DAY, 0, 0]);
      expect(squareOffAt).toBeUndefined();
    }
    expect(market.calendar.unknownDates(Date.UTC(1975, 0, 1), Date.UTC(2050, 0, 1))).toEqual([]);
  });

  it('takes the grid from the data', () => {
    expect(market.instrument(hints('BTCUSD', { priceDecimals: 1 }))).toEqual({
      symbol: 'BTCUSD',
      type: 'crypto',
      tick: 0.1,
      lot: 0.00001,
      decimals: 1,
    });
  });

  it.each(['EURUSD', 'EUR/USD', 'USDJPY', 'usdjpy-m1-bid-2013', 'eur_usd'])(
    'knows %s for currencies',
    (symbol) => {
      expect(market.instrument(hints(symbol, { priceDecimals: 5 }))).toMatchObject({
        type: 'fx',
        tick: 0.00001,
        lot: 1,
      });
    },
  );

  it.each(['BTCUSD', 'EURUSDT', 'ETH/USD', 'USD', 'bitstamp_btcusd_min_2020_01_01'])(
    'takes %s for a coin',
    (symbol) => {
      expect(market.instrument(hints(symbol)).type).toBe('crypto');
    },
  );
});
