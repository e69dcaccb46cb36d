import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../../../src/core/ports/candle-files.ts';
import { createScratch, read, refusalOf } from './scratch.ts';

const scratch = createScratch();
const HEADER = 'time,open,high,low,close,volume\n';
const ROW = '2020-01-01 00:00,10,12,9,11,100\n';
const NEXT = '2020-01-01 00:01,11,13,10,12,100\n';

describe('what is no file of candles', () => {
  const CASES: readonly (readonly [what: string, content: string | Uint8Array, said: string])[] = [
    ['an empty file', '', 'is empty'],
    ['blank lines', '\n\r\n\n', 'is empty'],
    [
      'a header only',
      HEADER,
      ':1: holds a header and no candle. | Is it the right file, and is it whole? Below the header belongs a row for each candle.',
    ],
    [
      'a missing column',
      'time,open,high,close\n2020-01-01 00:00,1,2,1\n',
      ':1: there is no column for low. Columns found: "time", "open", "high", "close". | Name them',
    ],
    [
      'odd headers, all of them at once with guesses',
      'Day,Opening,Hi,Lo,Last Close\n2020-01-01,1,2,1,1\n',
      'no column for date, open, high, low, close. Columns found: "Day", "Opening", "Hi", "Lo", "Last Close". | ' +
        'Name them, by header or by number from 1: --columns date=Day,open=Opening,high=Hi,low=Lo,close="Last Close"',
    ],
    [
      'a date under an odd header',
      'Wann?,open,high,low,close\n2020-01-01,1,2,1,1\n',
      'no column for date. Columns found: "Wann?", "open", "high", "low", "close". | Name them, by header or by number from 1: --columns date="Wann?"',
    ],
    [
      'a title above the header',
      'NIFTY 50 minute data\ntime,open,high,low,close\n2020-01-01 00:00,1,2,1,1\n',
      'Is line 1 a title? The next line looks like the header',
    ],
    ['prose', '# Read me\n\nThis is "no" table, it is prose.\n', 'does not look like CSV'],
    [
      'thousands separators',
      'time,open,high,low,close\n2020-01-01 00:00,"1,103.15",1104,1103,1103\n',
      ':2: open "1,103.15" is no price. | Thousands separators?',
    ],
    [
      'a column named twice',
      'time,open,high,low,close,close\n2020-01-01,1,2,1,1,1\n',
      'stands there twice. | Say which, by number: --columns close=5',
    ],
    ['no date', 'open,high,low,close\n1,2,1,1\n', 'no column for date'],
    [
      'a date in words',
      'time,open,high,low,close\nyesterday,1,2,1,1\n',
      ':2: column "time" holds "yesterday", which is no date',
    ],
    ['text in a price', `${HEADER}${ROW}2020-01-01 00:01,11,abc,10,12,100\n`, ':3: high "abc" is no price'],
    ['NaN', `${HEADER}${ROW}2020-01-01 00:01,NaN,13,10,12,100\n`, ':3: open "NaN" is no price'],
    ['an empty price', `${HEADER}${ROW}2020-01-01 00:01,11,13,,12,100\n`, ':3: low "" is no price'],
    [
      'a decimal comma',
      'time;open;high;low;close\n2020-01-01 00:00;1,5;2,5;1,5;2,5\n',
      ':2: open "1,5" is no price. | A decimal comma?',
    ],
    ['half a number', `${HEADER}2020-01-01 00:00,10.1.2,12,9,11,100\n`, ':2: open "10.1.2" is no price'],
    ['text in a volume', `${HEADER}2020-01-01 00:00,10,12,9,11,many\n`, ':2: volume "many" is no volume'],
    ['a volume below 0', `${HEADER}2020-01-01 00:00,10,12,9,11,-5\n`, ':2: volume "-5" is below 0'],
    [
      'high below low',
      `${HEADER}${ROW}\n2020-01-01 00:01,10,9,11,10,100\n`,
      ':4: high "9" is below low "11"',
    ],
    ['a price of 0', `${HEADER}2020-01-01 00:00,10,12,0,11,100\n`, ':2: low "0" is not above 0'],
    [
      'a date that does not exist',
      `${HEADER}${ROW}2020-02-30 00:01,11,13,10,12,100\n`,
      ':3: "2020-02-30 00:01" is no date like the first row',
    ],
    [
      'a row too short',
      `${HEADER}${ROW}2020-01-01 00:01,11,13\n`,
      ':3: the row has 3 cells where 6 are expected',
    ],
    ['a row too long', `${HEADER}${ROW}2020-01-01 00:01,1,5,1,6,1,4\n`, ':3:'],
    [
      'two candles for one time',
      `${HEADER}${ROW}${NEXT}2020-01-01 00:00,10,12,9,11.5,100\n`,
      ':4: two different candles',
    ],
    [
      'an empty symbol',
      'symbol,time,open,high,low,close\n,2020-01-01 00:00,1,2,1,1\n',
      ':2: the symbol is empty',
    ],
    ['a quote left open', `${HEADER}"2020-01-01 00:00,10,12,9,11,100\n`, ':2: a quote is not closed'],
    ['a quoted line break', `${HEADER}"2020-01-01\n00:00",10,12,9,11,100\n`, ':2:'],
    ['a binary file', Buffer.from([1, 2, 0, 4, 10, 0, 0]), 'is a binary file'],
    ['JSON', '[{"time": 1}]\n', ':1: is JSON'],
    ['a zip archive', 'PK\x03\x04abc', 'is a zip archive'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'is UTF-16'],
    ['gzip that ends too early', gzipSync(`${HEADER}${ROW.repeat(500)}`).subarray(0, 60), 'ends too early'],
    ['gzip that is damaged', damaged(gzipSync(`${HEADER}${ROW}${NEXT}`)), 'is damaged'],
    ['JSON in gzip', gzipSync('{"a":1}\n'), 'is JSON'],
    ['ticks', 'timestamp,bid,ask\n2020-01-01 00:00,1,2\n', 'Ticks are no candles'],
    [
      'a single candle',
      `${HEADER}${ROW}`,
      'does not tell its timeframe. | Say how long it lasts with --timeframe.',
    ],
    [
      'dates that could be either',
      'date,open,high,low,close\n01/02/2020,1,2,1,1\n02/02/2020,1,2,1,1\n',
      '--dates dmy',
    ],
    [
      'stamps with and without an offset',
      `${HEADER}2020-01-01 00:00Z,10,12,9,11,1\n2020-01-01 00:01,10,12,9,11,1\n`,
      ':3: "2020-01-01 00:01" is no date like',
    ],
    [
      'a 5-minute candle among 1-minute candles that overlap',
      `${HEADER}${ROW}${NEXT}2020-01-01 00:02,10,12,9,11,1\n2020-01-01 00:02:30,10,12,9,11,1\n`,
      ':5: the candle of',
    ],
  ];

  it.each(CASES)('refuses %s', async (what, content, said) => {
    const name = `${what.replaceAll(/\W+/g, '-')}.csv`;
    const message = await refusalOf(read(scratch.write(name, content)));
    expect(message).toMatch(/^DATA /);
    expect(message).toContain(name);
    expect(message).toContain(said);
  });

  it('refuses a directory and names the files in it', async () => {
    scratch.write('here.csv', HEADER);
    const message = await refusalOf(read(scratch.folder));
    expect(message).toContain('is a directory. | Name the files in it:');
  });

  it('refuses a file that is not there and names the nearest', async () => {
    scratch.write('NIFTY_2015.csv', HEADER);
    const message = await refusalOf(read(join(scratch.folder, 'NIFTI_2015.csv')));
    expect(message).toContain('there is no such file. | Did you mean "NIFTY_2015.csv"?');
  });

  it('refuses no file at all', async () => {
    expect(await refusalOf(read([]))).toMatch(/^DATA No file/);
  });

  it.each([1, 3])('refuses a line of 100 MB (line %i) in little time and memory', async (line) => {
    const path = scratch.write(`long-${line}.csv`, line === 1 ? '' : `${HEADER}${ROW}`);
    const file = openSync(path, 'a');
    const megabyte = Buffer.alloc(1 << 20, 'a');
    for (let i = 0; i < 100; i++) writeSync(file, megabyte);
    closeSync(file);
    const memoryBefore = process.memoryUsage().rss;
    const startedAt = performance.now();
    expect(await refusalOf(read(path))).toContain(`:${line}: the line is longer than 64 KiB`);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(50 << 20);
  });
});

describe('options that fit nothing', () => {
  const path = scratch.write('good.csv', `${HEADER}${ROW}${NEXT}`);
  const CASES: readonly (readonly [options: ReadOptions, said: string])[] = [
    [{ zone: 'Asia/Kolkatta' }, 'CONFIG Unknown time zone "Asia/Kolkatta". | Did you mean "Asia/Kolkata"'],
    [{ columns: { opne: 'open' } }, 'CONFIG --columns knows no field "opne". | Did you mean "open"?'],
    [{ columns: { open: 'opne' } }, 'there is no column "opne". | Did you mean "open"'],
    [{ columns: { open: 9 } }, 'there is no column "9"'],
    [{ delimiter: 'ab' }, 'CONFIG "ab" is no delimiter'],
    [{ adjust: [{ symbol: 'A', date: '2020-02-30', factor: 2 }] }, 'CONFIG --adjust A@2020-02-30=2'],
    [{ adjust: [{ symbol: 'A', date: '2020-02-03', factor: 0 }] }, 'CONFIG --adjust A@2020-02-03=0'],
  ];

  it.each(CASES)('refuses %j', async (options, said) => {
    expect(await refusalOf(read(path, options))).toContain(said);
  });

  it('says so when no candle lies in a session', async () => {
    expect(await refusalOf(read(path, { stamps: 'start' }, 'nse'))).toContain(
      'holds 2 candles and none in a session',
    );
  });
});

function damaged(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i >= 12 && i < 30 ? byte ^ 0xff : byte));
}
