import { expect, it } from 'vitest';
import { feedOptionsOf } from '../../src/commands/history.ts';
import { resolveSettings } from '../../src/core/config/settings.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';

const market = createMarket('nse');

it('the settings of data are what a feed is opened with', () => {
  const flags = {
    feed: 'ticks:a.csv',
    from: '2015-07-06',
    timeframe: '5m',
    columns: 'price=LTP',
    tradeAs: 'future',
  };
  const settings = resolveSettings({ flags, env: {}, marketDefaults: () => market });
  expect(settings.replay.feed).toBe('ticks:a.csv');
  expect(feedOptionsOf(settings, market)).toEqual({
    market,
    read: {
      from: Date.parse('2015-07-06T00:00:00+05:30'),
      timeframe: 300_000,
      columns: { price: 'LTP' },
      strict: false,
      adjust: [],
    },
    tradeAs: 'future',
  });
});

it('the symbol and the zone too, and nothing that was not asked for', () => {
  const flags = { symbol: 'ACME', zone: 'UTC' };
  const settings = resolveSettings({ flags, env: {}, marketDefaults: () => market });
  const read = { symbol: 'ACME', zone: 'UTC', columns: {}, strict: false, adjust: [] };
  expect(feedOptionsOf(settings, market)).toEqual({ market, read });
});
