import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCandleFiles } from '../../../../src/core/adapters/feed/csv/read-candle-files.ts';
import { openFeed } from '../../../../src/core/adapters/feed/open.ts';
import type { CandleColumns } from '../../../../src/core/domain/market/candle.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { createReplay } from '../../../../src/core/domain/replay.ts';
import type { ReadOptions } from '../../../../src/core/ports/candle-files.ts';
import { createCopyingSink, drain, type SeenInstant } from '../../../contracts/feed/drained.ts';
import { feedContract } from '../../../contracts/feed.contract.ts';
import { PROJECT } from '../../../shared.ts';
import { createScratch, refusalOf } from './csv/scratch.ts';

const scratch = createScratch();
const market = createMarket('nse');
const EXAMPLE = join(PROJECT, 'examples/data/ticks-example.csv');
const BUNDLED = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
const MINUTE = 60_000;
const local = (clock: string): number => Date.parse(`2015-07-06T${clock}+05:30`);

/** Real candles, three sessions of five shares. */
async function realCandles() {
  return readCandleFiles([BUNDLED], { to: Date.parse('2015-07-09T00:00:00+05:30') }, market.calendar);
}

/** Each candle as four trades (open, high, low, close) whose sizes add up to its volume, by time. */
function exploded(columns: readonly CandleColumns[]): string {
  const rows: { at: number; text: string }[] = [];
  for (const { symbol, openAt, open, high, low, close, volume } of columns) {
    for (const [n, startAt] of openAt.entries()) {
      const whole = volume?.[n] ?? 0;
      const quarter = Math.floor(whole / 4);
      const trades = [open[n], high[n], low[n], close[n]].map((price, k) => [
        price,
        k < 3 ? quarter : whole - 3 * quarter,
      ]);
      for (const [k, [price, size]] of trades.entries()) {
        const at = startAt + 14_000 * k + 3;
        rows.push({ at, text: `${symbol},${at},${price},${size}` });
      }
    }
  }
  const sorted = rows.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
  return `symbol,timestamp,price,size\n${sorted.join('\n')}\n`;
}

async function candlesOf(file: string, read: ReadOptions = {}) {
  await using feed = await openFeed(`ticks:${file}`, { market, read });
  const symbols = feed.description.instruments.map(({ symbol }) => symbol);
  const seen = (await drain(feed)).flatMap(({ candles }) => candles);
  const rows = seen.map(({ slot, openAt, open, high, low, close, volume }) => [
    symbols[slot],
    openAt,
    ...[open, high, low, close],
    volume,
  ]);
  return { rows, health: feed.health(), description: feed.description };
}

feedContract('ticks:', async () => {
  const { columns } = await realCandles();
  const few = columns.map((of) => ({ ...of, openAt: of.openAt.subarray(0, 200) }));
  const file = scratch.write('exploded.csv', exploded(few));
  const traded = few.flatMap(({ symbol, openAt }) => [...openAt].map((at) => `${symbol}/${at}`));
  return { open: () => openFeed(`ticks:${file}`, { market, read: {} }), traded: new Set(traded) };
});

describe('ticks: of a file', () => {
  it('makes of the example the candles that one reckons by hand', async () => {
    const { rows, health, description } = await candlesOf(EXAMPLE);
    expect(rows).toEqual([
      ['MOONTEA', local('09:15'), 86.4, 86.5, 86.4, 86.45, 280],
      ['PAPERKITE', local('09:15'), 540.15, 540.2, 540.15, 540.2, 275],
      ['MOONTEA', local('09:16'), 86.4, 86.45, 86.4, 86.45, 50],
      ['PAPERKITE', local('09:16'), 540.1, 540.1, 540.05, 540.05, 170],
      ['MOONTEA', local('09:17'), 86.5, 86.6, 86.5, 86.55, 375],
      ['MOONTEA', local('09:18'), 86.55, 86.55, 86.45, 86.55, 295],
      ['PAPERKITE', local('09:18'), 539.95, 539.95, 539.95, 539.95, 100],
      ['MOONTEA', local('09:19'), 86.6, 86.6, 86.5, 86.5, 140],
      ['PAPERKITE', local('09:19'), 539.95, 539.95, 539.85, 539.85, 50],
    ]);
    expect(health).toMatchObject({ taken: 23, late: 0, refused: 0, outside: 0, gaps: 1 });
    expect(description).toEqual({
      source: `ticks:${EXAMPLE}`,
      baseTimeframeMs: MINUTE,
      instruments: [
        { symbol: 'MOONTEA', type: 'equity', tick: 0.05, lot: 1, decimals: 2, hasVolume: true },
        { symbol: 'PAPERKITE', type: 'equity', tick: 0.05, lot: 1, decimals: 2, hasVolume: true },
      ],
    });
  });

  it('gives real candles back, and every instant and mark of their replay, when each was cut into four ticks', async () => {
    const { columns, baseTimeframeMs } = await realCandles();
    const firstAt = Math.min(...columns.map(({ openAt }) => openAt[0] ?? 0));
    const lastAt = Math.max(...columns.map(({ openAt }) => openAt.at(-1) ?? 0)) + MINUTE;
    const replayed: SeenInstant[] = [];
    createReplay({ columns, baseTimeframeMs, sessions: market.calendar.sessions(firstAt, lastAt) }).run(
      createCopyingSink(replayed),
    );
    const file = scratch.write('all.csv', exploded(columns));
    await using feed = await openFeed(`ticks:${file}`, { market, read: {} });
    expect(await drain(feed)).toEqual(replayed);
    expect(replayed.length).toBeGreaterThan(1_000);
  });

  it('takes no tick while an instant waits', async () => {
    await using feed = await openFeed(`ticks:${EXAMPLE}`, { market, read: {} });
    const never = new AbortController().signal;
    const taken: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await feed.ready(never);
      taken.push(feed.health().taken);
      feed.run({ instant: () => {} }, 1);
      taken.push(feed.health().taken);
    }
    // The first tick opens the session; the 7th and the 12th are the first of the next minutes.
    expect(taken).toEqual([1, 1, 7, 7, 12, 12]);
  });

  it('makes longer candles where it is asked to', async () => {
    const { rows } = await candlesOf(EXAMPLE, { timeframe: 5 * MINUTE });
    expect(rows).toEqual([
      ['MOONTEA', local('09:15'), 86.4, 86.6, 86.4, 86.5, 1140],
      ['PAPERKITE', local('09:15'), 540.15, 540.2, 539.85, 539.85, 595],
    ]);
  });

  it('takes the span that was asked for', async () => {
    const { rows } = await candlesOf(EXAMPLE, { from: local('09:16'), to: local('09:17') });
    expect(rows.map(([symbol, openAt]) => [symbol, openAt])).toEqual([
      ['MOONTEA', local('09:16')],
      ['PAPERKITE', local('09:16')],
    ]);
  });

  it('takes the one symbol that was asked for', async () => {
    const { rows, health, description } = await candlesOf(EXAMPLE, { symbol: 'PAPERKITE' });
    expect(description.instruments.map(({ symbol }) => symbol)).toEqual(['PAPERKITE']);
    expect(rows.length).toBe(4);
    expect(health).toMatchObject({ taken: 8, refused: 0 });
  });
});

type Writing = readonly [how: string, text: string | Uint8Array, read?: ReadOptions];

describe('how a file of ticks may be written', () => {
  const EXPECTED = [['ACME', local('09:15'), 100.5, 101, 100.5, 101, 7]];
  const CASES: readonly Writing[] = [
    [
      'epoch in ms',
      `symbol,timestamp,price,size\nACME,${local('09:15:01')},100.5,3\nACME,${local('09:15:02')},101,4\n`,
    ],
    [
      'epoch in s',
      `ticker,unix,last,qty\nACME,${local('09:15:01') / 1000},100.5,3\nACME,${local('09:15:02') / 1000},101,4\n`,
    ],
    ['without a symbol', 'Time,LTP,LTQ\n2015-07-06 09:15:01,100.5,3\n2015-07-06 09:15:02,101,4\n'],
    ['date and time apart', 'date;time;price;volume\n20150706;09:15:01;100.5;3\n20150706;09:15:02;101;4\n'],
    [
      'day first',
      'time,price,size\n06/07/2015 09:15:01,100.5,3\n06/07/2015 09:15:02,101,4\n',
      { dates: 'dmy' },
    ],
    ['with offsets', 'time,price,size\n2015-07-06T03:45:01Z,100.5,3\n2015-07-06T03:45:02Z,101,4\n'],
    [
      'in another zone',
      'time,price,size\n2015-07-06 03:45:01,100.5,3\n2015-07-06 03:45:02,101,4\n',
      { zone: 'UTC' },
    ],
    [
      'quoted, more columns, blank lines',
      '"price","x","time","size","y"\r\n"100.5","a,b","2015-07-06 09:15:01","3",""\r\n\r\n"101","","2015-07-06 09:15:02","4","z"\r\n',
    ],
    [
      'without a header',
      'ACME,2015-07-06 09:15:01,100.5,3\nACME,2015-07-06 09:15:02,101,4\n',
      { columns: { symbol: 1, time: 2, price: 3, size: 4 } },
    ],
    [
      'by other names',
      'when,what,much\n2015-07-06 09:15:01,100.5,3\n2015-07-06 09:15:02,101,4\n',
      { columns: { time: 'when', price: 'what', size: 'much' } },
    ],
    ['gzip', gzipSync('time,price,size\n2015-07-06 09:15:01,100.5,3\n2015-07-06 09:15:02,101,4\n')],
    ['without a last line feed', 'time,price,size\n2015-07-06 09:15:01,100.5,3\n2015-07-06 09:15:02,101,4'],
  ];

  it.each(CASES.map(([how, text, read = {}]) => ({ how, text, read })))('$how', async ({ text, read }) => {
    expect((await candlesOf(scratch.write('ACME.csv', text), read)).rows).toEqual(EXPECTED);
  });

  it('month first, where a later row proves it', async () => {
    // The first 200 lines do not tell.
    const undecided = '07/06/2015 09:15:01,100\n'.repeat(300);
    const text = `time,price\n${undecided}07/13/2015 09:15:02,101\n`;
    const { rows } = await candlesOf(scratch.write('ACME.csv', text));
    expect(rows.map(([, openAt]) => openAt)).toEqual([local('09:15'), local('09:15') + 7 * 86_400_000]);
  });

  it('without sizes, which leaves volumes unknown', async () => {
    const text = 'time,price\n2015-07-06 09:15:01,100.5\n2015-07-06 09:15:02,101\n';
    const { rows, description } = await candlesOf(scratch.write('ACME.csv', text));
    expect(rows[0]?.at(-1)).toBeNaN();
    expect(description.instruments[0]?.hasVolume).toBe(false);
  });

  it('with a size missing, which leaves the volume of that candle unknown', async () => {
    const text =
      'time,price,size\n2015-07-06 09:15:01,100.5,\n2015-07-06 09:15:02,101,4\n2015-07-06 09:16:02,101,4\n';
    const { rows } = await candlesOf(scratch.write('ACME.csv', text));
    expect(rows.map((row) => row.at(-1))).toEqual([Number.NaN, 4]);
  });
});

describe('rows that are no trades', () => {
  it.each([
    ['a price of 0', 'ACME,2015-07-06 09:15:02,0,4'],
    ['a price below 0', 'ACME,2015-07-06 09:15:02,-1,4'],
    ['text for a price', 'ACME,2015-07-06 09:15:02,n/a,4'],
    ['half a price', 'ACME,2015-07-06 09:15:02,10.1.2,4'],
    ['no price', 'ACME,2015-07-06 09:15:02,,4'],
    ['NaN', 'ACME,2015-07-06 09:15:02,NaN,4'],
    ['a size below 0', 'ACME,2015-07-06 09:15:02,100,-4'],
    ['text for a size', 'ACME,2015-07-06 09:15:02,100,some'],
    ['no symbol', ',2015-07-06 09:15:02,100,4'],
  ])('%s: refused and counted', async (_what, row) => {
    const text = `symbol,time,price,size\nACME,2015-07-06 09:15:01,100,3\n${row}\nACME,2015-07-06 09:15:03,101,3\n`;
    const { rows, health } = await candlesOf(scratch.write('ticks.csv', text));
    expect(rows).toEqual([['ACME', local('09:15'), 100, 101, 100, 101, 6]]);
    expect(health).toMatchObject({ taken: 2, refused: 1 });
  });

  it('a symbol that comes first after the beginning is refused and counted', async () => {
    const row = (n: number) => `ACME,${local('09:15') + n * 10},100,1\n`;
    const rows = Array.from({ length: 450_000 }, (_, n) => row(n)).join('');
    const text = `symbol,timestamp,price,size\n${rows}LATER,${local('10:40')},100,1\n`;
    const { health, description } = await candlesOf(scratch.write('ticks.csv', text));
    expect(description.instruments.map(({ symbol }) => symbol)).toEqual(['ACME']);
    expect(health).toMatchObject({ taken: 450_000, refused: 1 });
  });

  it('ticks before the open, after the close and of a candle that has ended are dropped and counted', async () => {
    const clocks = ['09:14:59', '09:15:00', '09:16:00', '09:15:59', '15:29:59', '15:30:00'];
    const text = `time,price,size\n${clocks.map((clock) => `2015-07-06 ${clock},100,1\n`).join('')}`;
    const { rows, health } = await candlesOf(scratch.write('ACME.csv', text));
    expect(rows.map(([, openAt]) => openAt)).toEqual([local('09:15'), local('09:16'), local('15:29')]);
    expect(health).toMatchObject({ taken: 3, late: 1, outside: 2 });
  });
});

describe('what is no file of ticks', () => {
  const ROW = '2015-07-06 09:15:01,100,3\n';
  const bySymbol = ['A', 'B'].map((symbol) =>
    Array.from({ length: 30 }, (_, n) => `${symbol},${local('09:15') + n * MINUTE},100,1\n`).join(''),
  );
  const CASES: readonly (readonly [what: string, text: string, read: ReadOptions, said: string])[] = [
    ['an empty file', '', {}, 'DATA FILE: is empty.'],
    [
      'a header only',
      'time,price\n',
      {},
      ':1: holds a header and no tick. | Is it the right file, and is it whole?',
    ],
    [
      'a file of candles',
      'time,open,high,low,close\n2015-07-06 09:15,1,1,1,1\n',
      {},
      'Candles are no ticks: a file of candles is read by --feed csv:FILE.',
    ],
    [
      'no price column',
      'time,size\n2015-07-06 09:15:01,3\n',
      {},
      ':1: there is no column for price. Columns found: "time", "size". | Name them, by header or by number from 1: --columns price=…',
    ],
    [
      'no header',
      `ACME,${ROW}`,
      {},
      ':1: there is no header, and nothing tells the price among its 4 columns. | Say which is which, for instance: --columns symbol=1,time=2,price=3,size=4',
    ],
    ['no header, a clock apart', '2015-07-06,09:15:01,100\n', {}, '--columns date=1,time=2,price=3'],
    [
      'a stamp that is none',
      `time,price,size\n${ROW}yesterday,100,3\n`,
      {},
      ':3: "yesterday" is no date like the first row\'s',
    ],
    [
      'a row too short',
      `time,price,size\n${ROW}2015-07-06 09:15:02\n`,
      {},
      ':3: the row has 1 cell where 3 are expected.',
    ],
    [
      'no tick in a session',
      'time,price\n2015-07-05 09:15:01,100\n',
      {},
      'holds 1 tick and none in a session of the market and the span asked for (zone Asia/Kolkata; stamps read in Asia/Kolkata). | Are --market, --zone, --from and --to right?',
    ],
    [
      'ticks of a date that the calendar does not know',
      'time,price\n2045-07-05 09:15:01,100\n',
      {},
      'holds 1 tick and none in a session. The market’s calendar knows nothing of 1 date, taken as closed: 2045-07-05. It ends with',
    ],
    [
      'no tick in the span',
      `time,price,size\n${ROW}`,
      { to: local('09:15') },
      'holds 1 tick and none in a session',
    ],
    ['no tick with a price', 'time,price\n2015-07-06 09:15:01,0\n', {}, 'holds no tick with a price.'],
    [
      'a symbol that is not there',
      `symbol,time,price,size\nACME,${ROW}`,
      { symbol: 'ACNE' },
      'holds no tick of "ACNE". Symbols found: "ACME".',
    ],
    [
      'day or month unknown',
      'time,price\n03/04/2015 09:15:01,100\n',
      {},
      'no date in its first ticks tells the day from the month',
    ],
    [
      'one symbol after the other',
      `symbol,timestamp,price,size\n${bySymbol.join('')}`,
      {},
      'is not in order of time: of its first 60 ticks 29 belong to candles that had ended before. | Sort the rows by time, all symbols together.',
    ],
    [
      'dirt, when it is strict',
      `time,price,size\n${ROW}2015-07-06 09:15:02,0,1\n`,
      { strict: true },
      '--strict: 1 tick that is no trade. | Without --strict',
    ],
    [
      'an unknown zone',
      `time,price,size\n${ROW}`,
      { zone: 'Asia/Kolkatta' },
      'CONFIG Unknown time zone "Asia/Kolkatta".',
    ],
    [
      'an adjustment',
      `time,price,size\n${ROW}`,
      { adjust: [{ symbol: 'ACME', date: '2015-07-06', factor: 0.5 }] },
      'CONFIG Ticks are not adjusted, and --adjust names "ACME".',
    ],
    ['JSON', '{"price": 1}\n', {}, ':1: is JSON, not CSV.'],
  ];

  it.each(CASES)('%s', async (_what, text, read, said) => {
    const file = scratch.write('bad.csv', text);
    const refusal = await refusalOf(candlesOf(file, read));
    expect(refusal.replace(file, 'FILE')).toContain(said);
  });

  it('a file that is not there', async () => {
    expect(await refusalOf(openFeed('ticks:nowhere.csv', { market, read: {} }))).toContain(
      'there is no such file',
    );
  });

  it('a price finer than the first ones, with its line', async () => {
    const rows = Array.from({ length: 450_000 }, (_, n) => `${local('09:15') + n * 10},100.05,1\n`).join('');
    const file = scratch.write('ACME.csv', `timestamp,price,size\n${rows}${local('10:40')},100.125,1\n`);
    expect(await refusalOf(candlesOf(file))).toContain(
      ':450002: price "100.125" is finer than the 2 decimals that the first ticks of its symbol need. | Say its decimals in a market file',
    );
  });
});
