import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../../../src/core/ports/candle-files.ts';
import { createScratch, read, refusalOf } from './scratch.ts';

const scratch = createScratch();
const MIDNIGHT = Date.UTC(2020, 0, 1);
const MINUTE = 60_000;

/** The two candles that every dialect below writes. */
const TWO = {
  openAt: [MIDNIGHT, MIDNIGHT + MINUTE],
  open: [10, 11.5],
  high: [12, 13],
  low: [9, 10],
  close: [11, 12],
  volume: [100, 250],
};

async function readText(name: string, text: string | Uint8Array, options: ReadOptions = {}) {
  const { columns, report, baseTimeframeMs } = await read(scratch.write(name, text), options);
  const [first] = columns;
  if (first === undefined) throw new Error('No symbol was read.');
  const { symbol, openAt, open, high, low, close, volume } = first;
  const listed = [openAt, open, high, low, close, volume].map((column) => column && [...column]);
  const [at, o, h, l, c, v] = listed;
  return {
    symbol,
    candles: { openAt: at, open: o, high: h, low: l, close: c, volume: v },
    report,
    baseTimeframeMs,
    columns,
  };
}

type Dialect = readonly [what: string, text: string | Uint8Array, options?: ReadOptions];

describe('dialects', () => {
  const CASES: readonly Dialect[] = [
    [
      'plain',
      'time,open,high,low,close,volume\n2020-01-01T00:00Z,10,12,9,11,100\n2020-01-01T00:01Z,11.5,13,10,12,250\n',
    ],
    [
      'any order and case, unknown columns',
      'VWAP,Close,LOW,High,oPEN,Volume,Date Time\n1,11,9,12,10,100,2020-01-01 00:00\nx,12,10,13,11.5,250,2020-01-01 00:01\n',
    ],
    [
      'short names',
      't,timestamp,o,h,l,c,v\n1,2020-01-01 00:00,10,12,9,11,100\n1,2020-01-01 00:01,11.5,13,10,12,250\n',
    ],
    [
      'a slash in a header, quantity for volume',
      'Date/Time,Open,High,Low,Close,Qty\n2020-01-01 00:00,10,12,9,11,100\n2020-01-01 00:01,11.5,13,10,12,250\n',
    ],
    [
      'CRLF, BOM, no last line feed',
      '\ufefftime,open,high,low,close,volume\r\n2020-01-01 00:00,10,12,9,11,100\r\n2020-01-01 00:01,11.5,13,10,12,250',
    ],
    [
      'blank and empty lines',
      '\n\ntime,open,high,low,close,volume\n\n2020-01-01 00:00,10,12,9,11,100\n,,,,,\n2020-01-01 00:01,11.5,13,10,12,250\n\n\r\n',
    ],
    [
      'tabs',
      'time\topen\thigh\tlow\tclose\tvolume\n2020-01-01 00:00\t10\t12\t9\t11\t100\n2020-01-01 00:01\t11.5\t13\t10\t12\t250\n',
    ],
    [
      'semicolons',
      'time;open;high;low;close;volume\n2020-01-01 00:00;10;12;9;11;100\n2020-01-01 00:01;11.5;13;10;12;250\n',
    ],
    [
      'quotes',
      '"time","open","high","low","close","volume"\n"2020-01-01 00:00","10","12","9","11","100"\n"2020-01-01 00:01","11.5","13","10","12","250"\n',
    ],
    [
      'a quoted delimiter in a column that is not needed',
      'note,time,open,high,low,close,volume\n"a, b",2020-01-01 00:00,10,12,9,11,100\n"say ""x""",2020-01-01 00:01,11.5,13,10,12,250\n',
    ],
    [
      'spaces around cells',
      'time, open, high, low, close, volume\n2020-01-01 00:00 , 10, 12, 9, 11, 100 \n 2020-01-01 00:01, 11.5, 13, 10, 12, 250\n',
    ],
    [
      'a trailing delimiter',
      'time,open,high,low,close,volume\n2020-01-01 00:00,10,12,9,11,100,\n2020-01-01 00:01,11.5,13,10,12,250,\n',
    ],
    [
      'date and time',
      'date,time,open,high,low,close,volume\n20200101,00:00:00,10,12,9,11,100\n20200101,00:01:00,11.5,13,10,12,250\n',
    ],
    [
      'date and time of other names',
      'Tag,Uhrzeit,open,high,low,close,volume\n01.01.2020,00:00,10,12,9,11,100\n01.01.2020,00:01,11.5,13,10,12,250\n',
      { columns: { date: 'Tag', time: 'Uhrzeit' } },
    ],
    [
      'a clock of another name beside a date',
      'Date,Uhrzeit,open,high,low,close,volume\n01.01.2020,00:00,10,12,9,11,100\n01.01.2020,00:01,11.5,13,10,12,250\n',
      { columns: { time: 'Uhrzeit' } },
    ],
    [
      'epoch seconds',
      'time,open,high,low,close,volume\n1577836800,10,12,9,11,100\n1577836860,11.5,13,10,12,250\n',
    ],
    [
      'epoch microseconds',
      'time,open,high,low,close,volume\n1577836800000000,10,12,9,11,100\n1577836860000000,11.5,13,10,12,250\n',
    ],
    [
      'Gmt time',
      'Gmt time,Open,High,Low,Close,Volume\n01.01.2020 00:00:00.000,10,12,9,11,100\n01.01.2020 00:01:00.000,11.5,13,10,12,250\n',
    ],
    [
      'numbers in exponent form',
      'time,open,high,low,close,volume\n2020-01-01 00:00,1e1,1.2E+1,90e-1,11,1e2\n2020-01-01 00:01,11.5,13,10,12,250.0\n',
    ],
    ['no header', '2020-01-01 00:00,10,12,9,11,100\n2020-01-01 00:01,11.5,13,10,12,250\n'],
    ['no header, date and time', '20200101,000000,10,12,9,11,100\n20200101,000100,11.5,13,10,12,250\n'],
    [
      'no header, columns by number',
      '10,12,9,11,2020-01-01 00:00,100\n11.5,13,10,12,2020-01-01 00:01,250\n',
      { columns: { time: 5, open: 1, high: 2, low: 3, close: 4, volume: 6 } },
    ],
    [
      'newest first',
      'time,open,high,low,close,volume\n2020-01-01 00:01,11.5,13,10,12,250\n2020-01-01 00:00,10,12,9,11,100\n',
    ],
    [
      'month first, told by a later row',
      `time,open,high,low,close,volume\n${'01/01/2020 00:00,10,12,9,11,100\n'.repeat(300)}01/01/2020 00:01,11.5,13,10,12,250\n`,
      { dates: 'mdy' },
    ],
    [
      'gzip whatever its name',
      gzipSync(
        'time,open,high,low,close,volume\n2020-01-01 00:00,10,12,9,11,100\n2020-01-01 00:01,11.5,13,10,12,250\n',
      ),
    ],
    [
      'a zone',
      'time,open,high,low,close,volume\n2020-01-01 05:30,10,12,9,11,100\n2020-01-01 05:31,11.5,13,10,12,250\n',
      { zone: 'Asia/Kolkata' },
    ],
    [
      'an offset, which wins over --zone',
      'time,open,high,low,close,volume\n2019-12-31 19:00-05:00,10,12,9,11,100\n2019-12-31 19:01-05:00,11.5,13,10,12,250\n',
      { zone: 'Asia/Kolkata' },
    ],
    [
      'end stamps',
      'time,open,high,low,close,volume\n2020-01-01 00:01,10,12,9,11,100\n2020-01-01 00:02,11.5,13,10,12,250\n',
      { stamps: 'end' },
    ],
  ];

  const cases = CASES.map(([what, text, options]) => ({ what, text, options }));

  it.each(cases)('reads $what', async ({ text, options }) => {
    expect((await readText('two.csv', text, options)).candles).toEqual(TWO);
  });
});

const HEADER = 'time,open,high,low,close,volume\n';

/** Rows of one-minute candles from midnight; the price tells them apart. */
function rowsFrom(first: number, count: number, price = 100): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(MIDNIGHT + (first + i) * MINUTE).toISOString().slice(0, 16);
    return `${at},${price + i},${price + i + 2},${price + i - 2},${price + i + 1},${i}`;
  });
}

describe('columns', () => {
  it('takes Volume before Tickvol, and says when it is 0 throughout', async () => {
    const { candles, report } = await readText(
      'mt5.csv',
      'time,open,high,low,close,Tickvol,Volume\n2020-01-01 00:00,1,2,1,1,7,0\n2020-01-01 00:01,1,2,1,1,8,0\n',
    );
    expect(candles.volume).toEqual([0, 0]);
    expect(report.files[0]?.columnsIgnored).toEqual(['Tickvol']);
    expect(report.files[0]?.warnings).toEqual([
      'Volume "Volume" is 0 throughout. --columns volume=Tickvol takes the count of ticks.',
    ]);
  });

  it('takes Tickvol where there is no Volume, and says so', async () => {
    const text = 'time,open,high,low,close,Tickvol\n2020-01-01 00:00,1,2,1,1,7\n2020-01-01 00:01,1,2,1,1,8\n';
    const { candles, report } = await readText('tickvol.csv', text);
    expect(candles.volume).toEqual([7, 8]);
    expect(report.files[0]?.warnings[0]).toContain('ticks, not units');
  });

  it('leaves a missing volume column undefined and a missing volume NaN', async () => {
    const none = await readText(
      'none.csv',
      'time,open,high,low,close\n2020-01-01 00:00,1,2,1,1\n2020-01-01 00:01,1,2,1,1\n',
    );
    expect(none.candles.volume).toBeUndefined();
    const some = await readText(
      'some.csv',
      `${HEADER}2020-01-01 00:00,1,2,1,1,\n2020-01-01 00:01,1,2,1,1,5\n`,
    );
    expect(some.candles.volume).toEqual([Number.NaN, 5]);
    expect(some.report.symbols[0]?.volumeMissing).toBe(1);
  });

  it('refuses a file without a header whose columns could mean several things, with flags that read it', async () => {
    // A sixth column in the range of prices may be an adjusted close.
    const text = '2020-01-01 00:00,10,12,9,11,10.9\n2020-01-01 00:01,11.5,13,10,12,11.9\n';
    const path = scratch.write('headerless.csv', text);
    const said = await refusalOf(read(path));
    expect(said).toContain('--columns time=1,open=2,high=3,low=4,close=5,volume=6');
    const columns = { time: 1, open: 2, high: 3, low: 4, close: 5 };
    expect((await read(path, { columns })).columns[0]?.close[1]).toBe(12);
  });

  it.each([
    ['open, close, high, low', '10,11,12,9'],
    ['high, open, low, close', '12,10,9,11'],
    ['low, open, high, close', '9,10,12,11'],
  ])('asks for the columns when a file without a header has prices as %s', async (order, prices) => {
    const path = scratch.write(`${order}.csv`, `2020-01-01 00:00,${prices}\n2020-01-01 00:01,${prices}\n`);
    expect(await refusalOf(read(path))).toContain('in more than one way');
  });

  it('names the symbol column by number where there is no header', async () => {
    const path = scratch.write(
      'noheader-symbol.csv',
      'AAA,20200101,000000,10,12,9,11\nAAA,20200101,000100,11,12,9,11\n',
    );
    expect(await refusalOf(read(path))).toContain(
      '--columns symbol=1,date=2,time=3,open=4,high=5,low=6,close=7',
    );
    const columns = { symbol: 1, date: 2, time: 3, open: 4, high: 5, low: 6, close: 7 };
    expect((await read(path, { columns })).columns[0]?.symbol).toBe('AAA');
  });

  it('tells month first from a row far down, and asks when none tells', async () => {
    const minutes = rowsFrom(0, 1_440 * 14).map((row) => row.replace(/^(\d+)-(\d+)-(\d+)T/, '$2/$3/$1 '));
    const { candles, report } = await readText('us-dates.csv', `${HEADER}${minutes.join('\n')}\n`);
    expect(candles.openAt?.[1_440]).toBe(MIDNIGHT + 1_440 * MINUTE);
    expect(report.files[0]?.dateFormat).toBe('MM/dd/yyyy HH:mm');
    const short = scratch.write('either.csv', `${HEADER}${minutes.slice(0, 3_000).join('\n')}\n`);
    expect(await refusalOf(read(short))).toContain('--dates dmy (day/month/year) or --dates mdy');
    const told = await read(short, { dates: 'mdy' });
    expect(told.columns[0]?.openAt[1_440]).toBe(MIDNIGHT + 1_440 * MINUTE);
  });
});

describe('symbols', () => {
  const TWO_SYMBOLS =
    'time,Ticker,open,high,low,close\n2020-01-01 00:00,b,1,2,1,1\n2020-01-01 00:00,B,1,2,1,1\n2020-01-01 00:01,b,1,2,1,1\n2020-01-01 00:01,a,1,2,1,1\n';

  it('come from the column, sorted by code units', async () => {
    const { columns } = await read(scratch.write('two.csv', TWO_SYMBOLS));
    expect(columns.map(({ symbol, length }) => [symbol, length])).toEqual([
      ['B', 1],
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('are kept to the one asked for', async () => {
    const { columns, report } = await read(scratch.write('two.csv', TWO_SYMBOLS), { symbol: 'b' });
    expect(columns.map(({ symbol }) => symbol)).toEqual(['b']);
    expect(report.files[0]).toMatchObject({ rows: 4, otherSymbols: 2 });
    expect(await refusalOf(read(scratch.write('two.csv', TWO_SYMBOLS), { symbol: 'c' }))).toContain(
      'Symbols found: "b", "B", "a"',
    );
  });

  it('come from the file name, without its endings', async () => {
    const text = `${HEADER}${rowsFrom(0, 3).join('\n')}`;
    expect((await readText('BTC.USD.csv', text)).symbol).toBe('BTC.USD');
    expect((await readText('ETH.csv.gz', gzipSync(text))).symbol).toBe('ETH');
    expect((await readText('ETH.txt', text, { symbol: 'XRP' })).symbol).toBe('XRP');
  });

  it.each(['__proto__', 'constructor', 'Δέλτα', 'A B'])('may be called %s', async (symbol) => {
    const text = `symbol,time,open,high,low,close\n${symbol},2020-01-01 00:00,1,2,1,1\n${symbol},2020-01-01 00:01,1,2,1,1\n`;
    expect((await readText('odd.csv', text)).symbol).toBe(symbol);
  });
});

describe('rows', () => {
  it('are all accounted for, and the order of rows and files changes nothing', async () => {
    const rows = rowsFrom(0, 40);
    const whole = await read(scratch.write('whole.csv', HEADER + rows.join('\n')), { symbol: 'X' });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(rows, { minLength: 40 }),
        fc.array(fc.constantFrom(...rows), { maxLength: 20 }),
        fc.integer({ min: 3, max: 37 }),
        async (shuffled, repeated, cut) => {
          const mixed = [...shuffled, ...repeated];
          const a = scratch.write('a.csv', HEADER + mixed.slice(0, cut).join('\n'));
          const b = scratch.write('b.csv', HEADER + mixed.slice(cut).join('\n'));
          const options = { symbol: 'X', timeframe: MINUTE };
          const one = await read([a, b], options);
          const other = await read([b, a], options);
          expect(one.report.symbols[0]).toMatchObject({
            rows: mixed.length,
            candles: 40,
            duplicates: repeated.length,
            dataHash: whole.report.symbols[0]?.dataHash,
          });
          expect(other).toEqual(one);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are read no further once the signal aborts', async () => {
    const path = scratch.write('a.csv', HEADER + rowsFrom(0, 40).join('\n'));
    const ending = new AbortController();
    const seen: number[] = [];
    const reading = read([path, path], {
      symbol: 'X',
      signal: ending.signal,
      onProgress(taken) {
        seen.push(taken);
        ending.abort(new Error('enough'));
      },
    });
    await expect(reading).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it('of several files that disagree are refused with both places', async () => {
    const a = scratch.write('a.csv', HEADER + rowsFrom(0, 10).join('\n'));
    const b = scratch.write('b.csv', HEADER + rowsFrom(9, 10).join('\n'));
    expect(await refusalOf(read([a, b], { symbol: 'X' }))).toMatch(
      /b\.csv:2: two different candles of "X" .* the other is in .*a\.csv:11\./,
    );
  });

  it('of several files that disagree in one and the same line are refused with both files', async () => {
    const rows = rowsFrom(0, 10);
    const a = scratch.write('a.csv', HEADER + rows.join('\n'));
    // The fourth candle, in line 5 of either, has another volume: 39, not 3.
    const b = scratch.write('b.csv', HEADER + rows.with(3, `${rows[3]}9`).join('\n'));
    for (const paths of [
      [a, b],
      [b, a],
    ]) {
      expect(await refusalOf(read(paths, { symbol: 'X' }))).toMatch(
        /b\.csv:5: two different candles of "X" .* the other is in .*a\.csv:5\./,
      );
    }
  });

  it('of several timeframes are refused', async () => {
    const minutes = scratch.write('a.csv', HEADER + rowsFrom(0, 10).join('\n'));
    const fives = scratch.write(
      'b.csv',
      HEADER +
        rowsFrom(0, 50)
          .filter((_, i) => i % 5 === 0)
          .join('\n'),
    );
    const said = await refusalOf(read([minutes, fives]));
    expect(said).toContain('b.csv: candles are mostly 5m apart, but 1m in');
    expect(said).toMatch(/read them apart\.$/);
  });

  it('of a longer timeframe than the one that is asked for are refused, with the step that was found', async () => {
    const everyFifth = (count: number) => rowsFrom(0, 5 * count).filter((_, i) => i % 5 === 0);
    const minutes = scratch.write('minutes.csv', HEADER + rowsFrom(0, 30).join('\n'));
    const fives = scratch.write('fives.csv', HEADER + everyFifth(21).join('\n'));
    const alone = await refusalOf(read(fives, { timeframe: MINUTE }));
    expect(alone).toContain('fives.csv: the candles of "fives" are 5m apart: read as 1m candles');
    expect(alone).toMatch(/: --timeframe 5m$/);
    // Two minutes: 5 is no multiple of 2, and known too early all the same.
    expect(await refusalOf(read(fives, { timeframe: 2 * MINUTE }))).toMatch(/: --timeframe 5m$/);
    const both = await refusalOf(read([minutes, fives], { timeframe: MINUTE }));
    expect(both).toContain('fives.csv: the candles of "fives" are 5m apart');
    expect(both).not.toContain('--timeframe');
    // 21 candles have 20 steps, which tell; 20 candles have 19, which do not.
    const few = scratch.write('few.csv', HEADER + everyFifth(20).join('\n'));
    expect((await read(few, { timeframe: MINUTE })).columns[0]?.length).toBe(20);
  });

  it('of a longer timeframe beside another symbol in one file are refused', async () => {
    const named = (symbol: string, rows: readonly string[]) => rows.map((row) => `${symbol},${row}`);
    const fives = rowsFrom(0, 150).filter((_, i) => i % 5 === 0);
    const text = [...named('A', rowsFrom(0, 150)), ...named('B', fives)].join('\n');
    const said = await refusalOf(read(scratch.write('two.csv', `symbol,${HEADER}${text}`)));
    expect(said).toContain('two.csv: the candles of "B" are 5m apart: read as 1m candles');
    expect(said).toMatch(/Read them apart\.$/);
  });

  it('of hours that the close cuts short are refused where minutes are asked for', async () => {
    // End stamps 10:15, 11:15 … 15:15 and 15:30, five days of them: five steps a day of an hour, one of 15 minutes.
    const days = ['06', '07', '08', '09', '10'].flatMap((day) =>
      ['10:15', '11:15', '12:15', '13:15', '14:15', '15:15', '15:30'].map(
        (clock) => `2015-07-${day} ${clock},10,12,9,11,1`,
      ),
    );
    const hours = scratch.write('hours-cut.csv', HEADER + days.join('\n'));
    expect(await refusalOf(read(hours, { timeframe: 15 * MINUTE, stamps: 'end' }, 'nse'))).toMatch(
      /are 1h apart: read as 15m candles .* --timeframe 1h$/,
    );
  });

  it('of days are refused where minutes are asked for', async () => {
    const days = Array.from(
      { length: 30 },
      (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},10,12,9,11,1`,
    );
    const said = await refusalOf(
      read(scratch.write('days.csv', HEADER + days.join('\n')), { timeframe: MINUTE }),
    );
    expect(said).toMatch(/are 1d apart: read as 1m candles .* --timeframe 1d$/);
  });

  it('of a share that is seldom traded are read as the minutes that they are', async () => {
    // Gaps of 2, 3, 2, 4 minutes in turn: 2 is the commonest, of which 3 of 4 are multiples.
    let minute = 0;
    const gaps = Array.from({ length: 80 }, (_, i) => [2, 3, 2, 4][i % 4] ?? 2);
    const kept = new Set(gaps.map((gap) => (minute += gap)));
    const rows = rowsFrom(0, 300).filter((_, i) => kept.has(i));
    const sparse = scratch.write('sparse.csv', HEADER + rows.join('\n'));
    expect((await read(sparse, { timeframe: MINUTE })).columns[0]?.length).toBe(80);
  });

  it('that say the same twice are dropped, also where neither says a volume', async () => {
    const row = '2020-01-01 00:00,10,12,9,11,\n';
    const { report } = await readText('twice.csv', `${HEADER}${row}${row}2020-01-01 00:01,10,12,9,11,1\n`);
    expect(report.symbols[0]).toMatchObject({ duplicates: 1, candles: 2, volumeMissing: 1 });
  });

  it('with open or close beyond high or low are kept and counted', async () => {
    const { report } = await readText(
      'wide.csv',
      `${HEADER}2020-01-01 00:00,10,9.9,9,9.5,1\n2020-01-01 00:01,10,12,9,11,1\n`,
    );
    expect(report.symbols[0]).toMatchObject({
      inconsistent: 1,
      inconsistentExamples: [{ line: 2, openAt: MIDNIGHT }],
    });
  });

  it('are cut to the range asked for: from ≤ openAt < to', async () => {
    const range = { from: MIDNIGHT + 10 * MINUTE, to: MIDNIGHT + 20 * MINUTE };
    const { candles, report } = await readText('range.csv', HEADER + rowsFrom(0, 30).join('\n'), range);
    expect(candles.openAt?.[0]).toBe(range.from);
    expect(candles.openAt).toHaveLength(10);
    expect(report.symbols[0]).toMatchObject({ outsideRange: 20, missingCandles: 0 });
  });

  it('are refused when the range leaves none, and a symbol it leaves empty has no columns', async () => {
    const symbols =
      'symbol,time,open,high,low,close\nA,2020-01-01 00:00,1,2,1,1\nB,2020-01-01 00:01,1,2,1,1\nB,2020-01-01 00:02,1,2,1,1\n';
    const path = scratch.write('range.csv', symbols);
    const { columns, report } = await read(path, { from: MIDNIGHT + MINUTE });
    expect(columns.map(({ symbol }) => symbol)).toEqual(['B']);
    expect(report.symbols.map(({ symbol, candles }) => [symbol, candles])).toEqual([
      ['A', 0],
      ['B', 2],
    ]);
    const said = await refusalOf(read(path, { from: MIDNIGHT + 5 * MINUTE }));
    expect(said).toContain('No candle lies in a session within --from "2020-01-01 00:05:00+00:00".');
    expect(said).toContain('A 2020-01-01 00:00:00+00:00');
  });

  it('are refused by --strict for what would be sorted or dropped', async () => {
    const rows = rowsFrom(0, 5);
    const path = scratch.write('dirty.csv', HEADER + [...rows, rows[0]].join('\n'));
    const said = await refusalOf(read(path, { strict: true }));
    expect(said).toContain('1 row out of order');
    expect(said).toContain('1 exact duplicate.');
    expect(said).toMatch(/candles with open or close beyond high or low kept as they are, with a warning\.$/);
    await read(scratch.write('clean.csv', HEADER + rows.join('\n')), { strict: true });
  });

  it('count what sessions lack, and whole days', async () => {
    const rows = [...rowsFrom(0, 1_440), ...rowsFrom(2 * 1_440, 1_400)];
    const { report } = await readText('gaps.csv', HEADER + rows.join('\n'));
    expect(report.symbols[0]).toMatchObject({
      missingCandles: 40,
      daysWithoutData: ['2020-01-02'],
      sessions: 2,
    });
  });

  it('report their progress in bytes of the files', async () => {
    const path = scratch.write('progress.csv', HEADER + rowsFrom(0, 1_000).join('\n'));
    const seen: (readonly [number, number])[] = [];
    const { report } = await read([path, path], { onProgress: (done, total) => seen.push([done, total]) });
    const bytes = report.files[0]?.bytes ?? 0;
    expect(seen.at(-1)).toEqual([2 * bytes, 2 * bytes]);
  });

  it('are cut anywhere by the 1 MiB blocks and read the same', async () => {
    const rows = rowsFrom(0, 60_000);
    const { candles } = await readText('large.csv', HEADER + rows.join('\r\n'));
    expect(candles.openAt).toHaveLength(60_000);
    expect(candles.openAt?.every((at, i) => at === MIDNIGHT + i * MINUTE)).toBe(true);
    expect(candles.close?.every((close, i) => close === 101 + i)).toBe(true);
  });
});

describe('adjustments', () => {
  const text = `${HEADER}2020-01-01 00:00,10,12,9,11.3,100\n2020-01-01 00:01,10,12,9,11,100\n2020-01-02 00:00,2,3,1,2,1000\n`;

  it('multiply prices and divide volumes before their date, one after the other', async () => {
    const adjust = [
      { symbol: 'X', date: '2020-01-02', factor: 0.2 },
      { symbol: 'X', date: '2020-01-03', factor: 0.5 },
      { symbol: 'Y', date: '2020-01-02', factor: 0.5 },
    ];
    const later = text.replace('2020-01-02', '2020-01-03');
    const { candles, report } = await readText('split.csv', later, { symbol: 'X', adjust });
    // 11.3 × 0.2 × 0.5 = 1.13; 100 ÷ 0.2 ÷ 0.5 = 1000
    expect(candles.close).toEqual([1.13, 1.1, 2]);
    expect(candles.volume).toEqual([1000, 1000, 1000]);
    // 11 × 0.1 = 1.1 → 2 is still +82 %
    expect(report.symbols[0]?.jumps).toMatchObject([{ factor: 0.1, remains: true }]);
    expect(report.symbols[0]?.adjustments).toEqual([adjust[0], adjust[1]]);
    expect(report.unusedAdjustments).toEqual([adjust[2]]);
  });

  it('of one symbol and date are refused where there are two', async () => {
    const half = { symbol: 'X', date: '2020-01-02', factor: 0.5 };
    const path = scratch.write('split.csv', text);
    const others = [
      { ...half, symbol: 'Y' },
      { ...half, date: '2020-01-01' },
    ];
    await read(path, { symbol: 'X', adjust: [half, ...others] });
    expect(await refusalOf(read(path, { symbol: 'X', adjust: [half, ...others, half] }))).toContain(
      'CONFIG --adjust names X@2020-01-02 twice.',
    );
  });

  it('make a jump where the file has none', async () => {
    const even = `${HEADER}2020-01-01 00:00,10,12,9,10,100\n2020-01-01 00:01,10,12,9,10,100\n2020-01-02 00:00,11,13,10,12,10\n`;
    const adjust = [{ symbol: 'X', date: '2020-01-02', factor: 0.5 }];
    const { report } = await readText('even.csv', even, { symbol: 'X', adjust });
    // The file: 10 → 11 is +10 %. Adjusted: 5 → 11 is +120 %.
    expect(report.symbols[0]?.jumps).toMatchObject([
      { date: '2020-01-02', fromClose: 10, toOpen: 11, factor: 0.5, remains: true },
    ]);
    const plain = await readText('even.csv', even, { symbol: 'X' });
    expect(plain.report.symbols[0]?.jumps).toEqual([]);
  });

  it('explain a jump when they make it vanish', async () => {
    const adjust = [{ symbol: 'X', date: '2020-01-02', factor: 0.18 }];
    const { report } = await readText('split.csv', text, { symbol: 'X', adjust });
    // 11 × 0.18 = 1.98 → 2 is +1 %
    expect(report.symbols[0]?.jumps).toMatchObject([
      { date: '2020-01-02', fromClose: 11, toOpen: 2, remains: false },
    ]);
  });

  it('of the day before a jump, or of a later one, do not explain it: they move both of its sides, or none', async () => {
    for (const date of ['2020-01-01', '2020-01-03']) {
      const adjust = [{ symbol: 'X', date, factor: 0.18 }];
      const { report } = await readText('split.csv', text, { symbol: 'X', adjust });
      expect(report.symbols[0]?.jumps, date).toMatchObject([{ factor: undefined, remains: true }]);
    }
  });
});

describe('sessions', () => {
  /** One NSE day (2015-07-06) of candles stamped from a minute of the day on. */
  const nseDay = (firstMinute: number, count: number, step = 1) =>
    HEADER +
    Array.from({ length: count }, (_, i) => {
      const minute = firstMinute + i * step;
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      return `2015-07-06 ${clock},${100 + i},${102 + i},${98 + i},${101 + i},1`;
    }).join('\n');
  const OPEN = Date.UTC(2015, 6, 6, 3, 45);
  const NINE_FIFTEEN = 9 * 60 + 15;

  it.each([
    ['start', NINE_FIFTEEN],
    ['end', NINE_FIFTEEN + 1],
  ])('tell that stamps mark the %s of candles', async (stamps, firstMinute) => {
    const { columns, report } = await read(scratch.write('day.csv', nseDay(firstMinute, 375)), {}, 'nse');
    expect(report.files[0]).toMatchObject({
      stamps,
      stampsFrom: 'detected',
      zone: 'Asia/Kolkata',
      zoneFrom: 'market',
    });
    expect(columns[0]?.openAt[0]).toBe(OPEN);
    expect(columns[0]?.length).toBe(375);
  });

  it('do not tell where the hours are those of another market', async () => {
    // NSE's end stamps 09:16 … 15:30 as New York: 360 of 390 minutes from 09:30 on, and none of the last half hour.
    const nse = scratch.write('hours-of-nse.csv', nseDay(NINE_FIFTEEN + 1, 375));
    expect(await refusalOf(read(nse, {}, 'us'))).toContain('of 1 full sessions 0 fit starts and 0 fit ends');
    // Stamps 10:00 … 16:00 end at the close of New York and lack its first half hour.
    const late = scratch.write('hours-late.csv', nseDay(NINE_FIFTEEN + 45, 361));
    expect(await refusalOf(read(late, {}, 'us'))).toContain('of 1 full sessions 0 fit starts and 0 fit ends');
    // 09:30 … 15:55 lacks four minutes, which a share may pass without a trade.
    const quiet = scratch.write('quiet-close.csv', nseDay(NINE_FIFTEEN + 15, 386));
    expect((await read(quiet, {}, 'us')).report.files[0]).toMatchObject({
      stamps: 'start',
      stampsFrom: 'detected',
    });
  });

  it('do not tell when both ends are stamped, or the day is not full', async () => {
    const both = scratch.write('both.csv', nseDay(NINE_FIFTEEN, 376));
    expect(await refusalOf(read(both, {}, 'nse'))).toContain(
      'of 1 full sessions 0 fit starts and 0 fit ends',
    );
    const half = scratch.write('half.csv', nseDay(NINE_FIFTEEN, 180));
    expect(await refusalOf(read(half, {}, 'nse'))).toContain('of 0 full sessions');
    const told = await read(both, { stamps: 'start' }, 'nse');
    expect(told.report.symbols[0]).toMatchObject({
      candles: 375,
      outsideSessions: 1,
      outsideExamples: [{ line: 377 }],
    });
  });

  it.each([
    ['5m', 5],
    ['1d', 1_440],
  ])(
    'of minutes that mark ends are no two candles for one time where %s is asked for',
    async (name, minutes) => {
      // The minutes that end at 09:16 (line 2) and 09:17 (line 3) are both of the longer candle from 09:15.
      const path = scratch.write('ends.csv', nseDay(NINE_FIFTEEN + 1, 375));
      const said = await refusalOf(read(path, { timeframe: minutes * MINUTE }, 'nse'));
      expect(said).toContain(
        `ends.csv:3: two candles of "ends" lie within one of ${name} (2015-07-06 09:15:00+05:30); the other is in line 2.`,
      );
      expect(said).toMatch(/ \| .*mostly 1m apart: --timeframe 1m$/);
      expect(said).not.toContain('Leave');
    },
  );

  it('close hourly candles on their own grid', async () => {
    // 10:15, 11:15 … 15:15, and the short one that ends at the close
    const text = `${nseDay(NINE_FIFTEEN + 60, 6, 60)}\n2015-07-06 15:30,100,102,98,101,1`;
    const { columns, baseTimeframeMs, report } = await read(scratch.write('hours.csv', text), {}, 'nse');
    expect(baseTimeframeMs).toBe(60 * MINUTE);
    expect(report.symbols[0]?.missingCandles).toBe(0);
    // Without the short one the day lacks a candle.
    const short = scratch.write('short.csv', nseDay(NINE_FIFTEEN + 60, 6, 60));
    const lacking = await read(short, { stamps: 'end' }, 'nse');
    expect(lacking.report.symbols[0]?.missingCandles).toBe(1);
    expect([...(columns[0]?.openAt ?? [])]).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((hour) => OPEN + hour * 60 * MINUTE),
    );
  });

  it('give daily candles their open, in the date the file writes', async () => {
    const text =
      'date,open,high,low,close\n2015-07-02,1,2,1,1\n2015-07-03,1,2,1,1\n2015-07-06,1,2,1,1\n2015-07-07,1,2,1,1\n';
    // 2015-07-03 was the observed Independence Day: no session
    const expected = ['2015-07-02T13:30', '2015-07-06T13:30', '2015-07-07T13:30'];
    for (const daily of [
      text,
      text.replaceAll(/(-0\d),/g, '$1T00:00:00Z,'),
      text.replaceAll(/(-0\d),/g, '$1 00:00,'),
    ]) {
      const { columns, report } = await read(
        scratch.write('daily.csv', daily),
        { timeframe: 1_440 * MINUTE },
        'us',
      );
      expect([...(columns[0]?.openAt ?? [])].map((at) => new Date(at).toISOString().slice(0, 16))).toEqual(
        expected,
      );
      expect(report.symbols[0]?.outsideSessions).toBe(1);
      expect(report.files[0]?.stampsFrom).toBe('date');
    }
  });

  it('follow daylight saving of a zone', async () => {
    // New York: −05:00 until 2015-03-08, −04:00 after
    const text = `${HEADER}2015-03-06 09:30,1,2,1,1,1\n2015-03-06 09:31,1,2,1,1,1\n2015-03-09 09:30,1,2,1,1,1\n`;
    const { columns } = await read(scratch.write('dst.csv', text), { stamps: 'start' }, 'us');
    expect([...(columns[0]?.openAt ?? [])]).toEqual([
      Date.UTC(2015, 2, 6, 14, 30),
      Date.UTC(2015, 2, 6, 14, 31),
      Date.UTC(2015, 2, 9, 13, 30),
    ]);
  });

  it('warn when many rows of the market zone lie outside', async () => {
    const text = nseDay(NINE_FIFTEEN - 200, 375);
    const { report } = await read(scratch.write('zone.csv', text), { stamps: 'start' }, 'nse');
    expect(report.files[0]?.warnings[0]).toContain('Are the stamps really in Asia/Kolkata?');
  });
});
