import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, tradekit } from '../tradekit.ts';

/** Bad input ends in a sentence, exit 1, no stack trace, and no output file. */

let folder: ReturnType<typeof freshFolder>;
beforeEach(() => {
  folder = freshFolder();
});
afterEach(() => folder.remove());

const HEADER = 'date,time,open,high,low,close,volume';
const day = (rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const GOOD = '2015-07-06,09:15:00,100,101,99,100.5,1000';

function write(name: string, text: string | Uint8Array): void {
  writeFileSync(join(folder.path, name), text);
}

function refused(
  args: readonly string[],
  sentence: RegExp,
  env: Readonly<Record<string, string>> = {},
): void {
  const before = folder.files();
  const { code, stdout, stderr } = tradekit(args, { cwd: folder.path, env });
  expect(stderr).toMatch(sentence);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(folder.files()).toEqual(before);
}

describe('a file of candles', () => {
  it.each([
    ['empty', '', /data\.csv.*(empty|no)/i],
    ['header only', `${HEADER}\n`, /data\.csv:1.*no candle/],
    ['a missing column', `date,time,open,high,close\n2015-07-06,09:15:00,1,2,1\n`, /low.*--columns/s],
    ['text in a price', day([GOOD, '2015-07-06,09:16:00,100,abc,99,100,10']), /data\.csv:3.*"abc"/],
    ['NaN in a price', day([GOOD, '2015-07-06,09:16:00,100,NaN,99,100,10']), /data\.csv:3.*"NaN"/],
    ['high below low', day([GOOD, '2015-07-06,09:16:00,100,98,99,100,10']), /data\.csv:3.*high/],
    [
      'two different candles for one minute',
      day([GOOD, '2015-07-06,09:15:00,200,201,199,200,10']),
      /data\.csv:3.*(two|different)/,
    ],
  ])('that has %s', (_, text, sentence) => {
    write('data.csv', text);
    refused(['backtest', 'data.csv', '--stamps', 'start'], sentence);
  });

  it('that is not there', () => {
    write('data.csv', day([GOOD]));
    refused(['backtest', 'dat.csv'], /"?dat\.csv"?.*data\.csv/s);
  });

  it('that is a directory', () => {
    mkdirSync(join(folder.path, 'candles'));
    refused(['backtest', 'candles'], /candles.*(folder|directory)/);
  });

  it('that is binary', () => {
    write(
      'data.csv',
      Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256),
    );
    refused(['backtest', 'data.csv'], /data\.csv/);
  });

  it('whose gzip is cut short', () => {
    const whole = gzipSync(
      day(Array.from({ length: 300 }, (_, i) => `2015-07-06,09:${15 + (i % 40)}:00,1,2,1,1,${i}`)),
    );
    write('data.csv.gz', whole.subarray(0, whole.length - 20));
    refused(['backtest', 'data.csv.gz'], /data\.csv\.gz/);
  });

  it('with a line of 100 MB, in under 5 s and 200 MB', { timeout: 30_000 }, () => {
    const file = openSync(join(folder.path, 'data.csv'), 'w');
    writeSync(file, `${HEADER}\n2015-07-06,09:15:00,`);
    const block = Buffer.alloc(1 << 20, '1');
    for (let i = 0; i < 100; i += 1) writeSync(file, block);
    closeSync(file);
    const beside = freshFolder();
    const [hook, told] = [join(beside.path, 'hook.cjs'), join(beside.path, 'rss')];
    const tell = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)))`;
    writeFileSync(hook, tell);
    const startedAt = performance.now();
    refused(['backtest', 'data.csv'], /data\.csv:2/, { NODE_OPTIONS: `--require ${hook}` });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(Number(readFileSync(told, 'utf8')) / 1024).toBeLessThan(200);
    beside.remove();
  });

  it.each([
    ['--zone', 'Asia/Calcuta', /"Asia\/Calcuta"/],
    ['--market', 'nyse', /"nyse".*nse, us, crypto/s],
    ['--risk-pct', 'abc', /--risk-pct.*"abc"/],
    ['--risk-pct', '500', /--risk-pct.*"500"/],
    ['--slippage', '1banana', /--slippage.*"1banana"/],
    ['--from', '06/07/2015', /--from.*"06\/07\/2015"/],
    ['--disable', 'reward-rsk', /"reward-rsk".*reward-risk/s],
    ['--fills', 'oracle', /--fills.*"oracle"/],
    ['--costs', 'zerodah', /"zerodah".*zerodha/s],
    ['--columns', 'open', /--columns.*"open"/],
    ['--max-dayly-loss-pct', '3', /max-dayly-loss.*max-daily-loss-pct/s],
  ])('with %s %s', (flag, value, sentence) => {
    write('data.csv', day([GOOD]));
    refused(['backtest', 'data.csv', flag, value], sentence);
  });

  it.each(['--out', '--equity-out'])('into %s that cannot be written: no file at all', (flag) => {
    write(
      'data.csv',
      day(Array.from({ length: 20 }, (_, i) => `2015-07-06,09:${20 + i}:00,100,101,99,100,10`)),
    );
    refused(
      ['backtest', 'data.csv', '--stamps', 'start', flag, 'no/such/folder/trades.csv'],
      /no\/such\/folder\/trades\.csv/,
    );
  });
});

describe('a strategies file', () => {
  const strategy = (over: object) =>
    JSON.stringify([{ strategy_name: 'a', entry_direction: 'LONG', logic: leaf, ...over }]);
  const leaf = { indicator: 'close', condition: '>', value: 'ema9' };
  const deep = (levels: number): string =>
    `[{"strategy_name":"a","entry_direction":"LONG","logic":${'{"operator":"AND","rules":['.repeat(levels)}${JSON.stringify(leaf)}${']}'.repeat(levels)}}]`;

  it.each([
    ['that is no JSON', '[{"strategy_name": }]', /strategies\.json:1:/],
    [
      'with an unknown indicator',
      strategy({ logic: { ...leaf, value: 'emma9' } }),
      /\[0\]\.logic\.value.*"emma9".*ema/s,
    ],
    ['with an unknown key', strategy({ logik: 1 }), /logik.*logic/s],
    [
      'with __proto__',
      '[{"strategy_name":"a","entry_direction":"LONG","__proto__":{"x":1},"logic":{"indicator":"close","condition":">","value":1}}]',
      /__proto__/,
    ],
    ['10,000 levels deep', deep(10_000), /deep|levels|nest/i],
    ['of 10 MB', `[${' '.repeat(10_000_000)}]`, /strategies\.json.*large/],
    ['that is empty', '', /strategies\.json/],
  ])('%s', (_, text, sentence) => {
    write('data.csv', day([GOOD]));
    write('strategies.json', text);
    refused(['backtest', 'data.csv', '--stamps', 'start'], sentence);
  });

  it('tells all its problems at once', () => {
    write('data.csv', day([GOOD]));
    const bad = [
      { strategy_name: 'a', entry_direction: 'UP', logic: leaf },
      {
        strategy_name: 'a',
        entry_direction: 'LONG',
        timeframes: ['5x'],
        logic: { ...leaf, condition: '=>' },
      },
    ];
    write('strategies.json', JSON.stringify(bad));
    refused(['backtest', 'data.csv'], /"UP".*"5x".*"=>"/s);
  });

  it('that is not there', () => {
    write('data.csv', day([GOOD]));
    refused(['backtest', 'data.csv', '--strategies', 'mine.json'], /mine\.json/);
  });
});

describe('a command line', () => {
  it('without a file says what is missing', () => {
    refused(['backtest'], /file/i);
  });

  it('with an unknown command names the nearest', () => {
    refused(['backtset'], /backtset.*backtest/s);
  });

  it('with a feed that does not exist says which do', () => {
    refused(['run-all', '--feed', 'kafka:topic'], /kafka:topic.*csv:/s);
  });
});
