import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { textWidth } from '../../src/core/views/text-width.ts';
import { filesLoaded } from '../pipeline/loaded.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** `tradekit mse --test` as a user runs it. */

const folder = freshFolder();
afterAll(() => folder.remove());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  tradekit(['mse', '--test', ...args], { cwd: folder.path, env });

/** FRL, as how-it-decides.md reckons it by hand. */
const BY_HAND = ['--symbol', 'FRL', '--at', '2015-07-08 11:10', '--direction', 'long'];

describe('on the bundled candles', () => {
  it('shows an instructive moment (golden; 80 columns, no colour)', async () => {
    const { code, stdout, stderr } = run([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('../golden/mse-test.txt');
  });

  it('--help and the page name that moment, and that --symbol alone is the end of the data', () => {
    const page = readFileSync(join(PROJECT, 'docs/market-structure.md'), 'utf8');
    const help = run(['--help']).stdout.replace(/\s+/g, ' ');
    const shown = 'of the bundled ones without --symbol';
    expect(help).toContain(`(default: the end of the data; ${shown}, 2015-07-24 11:00`);
    expect(page.replaceAll('`', '')).toContain(`the end of the data; ${shown}, 2015-07-24 11:00 |`);
    expect(run([]).stdout).toMatch(/^FEDERALBNK · .* at 2015-07-24 11:00 /);
    // The bundled candles end with the session of 2015-08-14, which closes at 15:30.
    expect(run(['--symbol', 'FEDERALBNK']).stdout).toMatch(/^FEDERALBNK · .* at 2015-08-14 15:30 /);
  });

  it('the page shows the same', () => {
    const page = readFileSync(join(PROJECT, 'docs/market-structure.md'), 'utf8');
    const golden = readFileSync(join(PROJECT, 'test/golden/mse-test.txt'), 'utf8');
    expect(page).toContain(`\`\`\`\n${golden}\`\`\`\n`);
  });

  it('makes the plan that docs/how-it-decides.md reckons by hand', () => {
    const { stdout } = run(BY_HAND);
    expect(stdout).toContain('Long at market from 105.60, stop 104.30');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /pivot high 106\.9 passed over.*net 0\.74 R.*target 109\.65: one tick before the previous day's high \(2015-07-07\) 109\.7: 3\.12 R, net 2\.66 R/,
    );
  });
});

describe('every line fits', () => {
  it.each([60, 80, 121, 200])('%i columns', (columns) => {
    for (const args of [[], BY_HAND, ['--at', '2015-07-10', '--timeframe', '15m'], ['--timeframe', '1d']]) {
      const { code, stdout } = run(args, { COLUMNS: String(columns), FORCE_COLOR: '1' });
      const widths = stripVTControlCharacters(stdout).split('\n').map(textWidth);
      expect(code).toBe(0);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
      expect(Math.max(...widths)).toBeGreaterThan(columns * 0.8);
    }
  });

  it('is 80 wide where nothing tells', () => {
    const lines = run([], { COLUMNS: '' }).stdout.split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
  });
});

describe('colour', () => {
  it('comes with FORCE_COLOR and says nothing of its own', () => {
    const plain = run([]).stdout;
    const painted = run([], { FORCE_COLOR: '1' }).stdout;
    expect(painted).not.toBe(plain);
    expect(stripVTControlCharacters(painted)).toBe(plain);
    expect(stripVTControlCharacters(plain)).toBe(plain);
    expect(run([], { NO_COLOR: '1' }).stdout).toBe(plain);
  });
});

describe('--json', () => {
  it('has what the text has, as data', () => {
    const { code, stdout } = run(['--json', ...BY_HAND]);
    expect(code).toBe(0);
    const json = JSON.parse(stdout) as Record<string, unknown>;
    expect(json).toMatchObject({
      symbol: 'FRL',
      timeframe: '5m',
      zone: 'Asia/Kolkata',
      at: Date.UTC(2015, 6, 8, 5, 40),
      direction: 'long',
      close: 105.6,
      trend: 'down',
      lastBreak: { kind: 'break', tag: 'BOS', dir: -1, level: 104.95 },
      plan: { entry: { kind: 'market', price: 105.6 }, stop: 104.3, targets: [{ price: 109.65, share: 1 }] },
      noPlan: null,
      previousDay: { high: { level: 109.7 }, low: { level: 103 } },
    });
    const sentences = json['sentences'] as readonly { readonly text: string }[];
    const text = run(BY_HAND).stdout.replace(/\s+/g, ' ');
    for (const sentence of sentences) expect(text).toContain(sentence.text);
  });

  it('says why there is no plan', () => {
    const json = JSON.parse(run(['--json', ...BY_HAND.slice(0, 4)]).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ direction: 'short', plan: null, noPlan: { reason: 'NO_TARGET' } });
  });
});

describe('in a pipe', () => {
  it.each(['head -n 3', 'true'])('into %s ends quietly', (reader) => {
    const program = `"${process.execPath}" "${join(PROJECT, 'bin/tradekit.js')}" mse --test --json`;
    const { status, stderr } = spawnSync('sh', ['-c', `${program} | ${reader}`], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

const rows = gunzipSync(readFileSync(join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz')))
  .toString()
  .split('\n');

/** Rows of FORTIS, without a column of symbols, of these days. */
function write(name: string, ...days: readonly string[]): void {
  const own = rows.filter((row) => row.startsWith('FORTIS,') && days.some((day) => row.includes(`,${day},`)));
  const text = ['date,time,open,high,low,close,volume', ...own.map((row) => row.slice('FORTIS,'.length))];
  writeFileSync(join(folder.path, name), `${text.join('\n')}\n`);
}

describe('a file of your own', () => {
  const ask = (name: string) =>
    run(['--data', name, '--symbol', 'FORTIS', '--at', '2015-07-07 15:30', '--stamps', 'end', '--json'])
      .stdout;

  it('later candles change nothing; beside another symbol the same is seen', () => {
    write('two-days.csv', '20150706', '20150707');
    write('five-days.csv', '20150706', '20150707', '20150708', '20150709', '20150710');
    writeFileSync(
      join(folder.path, 'with-others.csv'),
      rows.filter((row, i) => i === 0 || /^(?:FORTIS|FSL),201507(?:06|07|08|09),/.test(row)).join('\n'),
    );
    const two = ask('two-days.csv');
    expect(JSON.parse(two)).toMatchObject({ symbol: 'FORTIS', at: Date.UTC(2015, 6, 7, 10, 0) });
    expect(ask('five-days.csv')).toBe(two);
    // The clock then runs by both: a candle whose last minute is missing may be known sooner, its prices are the same.
    expect(pricesOf(ask('with-others.csv'))).toEqual(pricesOf(two));
  });

  it('without --symbol, --at and --direction: its only symbol at its end, with the trend', () => {
    write('FORTIS.csv', '20150706', '20150707');
    const { stdout } = run(['--data', 'FORTIS.csv', '--stamps', 'end', '--json']);
    expect(stdout).toBe(ask('FORTIS.csv'));
  });

  it('a symbol that would speak to the terminal is shown, not obeyed', () => {
    write('clean.csv', '20150706');
    const { stdout } = run(['--data', 'clean.csv', '--symbol', 'A\u001b[2JB\u202e']);
    expect(stdout).toContain('A\\u{1b}[2JB\\u{202e} · 5m');
    expect(stripVTControlCharacters(stdout)).toBe(stdout);
  });
});

function pricesOf(text: string): unknown {
  const { close, atr, trend, swings, openGaps, pools } = JSON.parse(text);
  const levels = [swings, openGaps, pools].map((objects: readonly { readonly level: number }[]) =>
    objects.map(({ level }) => level),
  );
  return { close, atr, trend, levels };
}

describe('what cannot be shown is said in a sentence', () => {
  write('data.csv', '20150706');
  writeFileSync(join(folder.path, 'empty.csv'), '');

  it.each([
    [
      '--at 2015-07-04',
      /^"2015-07-04" is before the first candle of FEDERALBNK\.\n.*Try --at "2015-07-06 09:16"/,
    ],
    [
      '--at 2015-08-14T15:31',
      /^"2015-08-14T15:31" is after the last candle.*\n.*Try --at "2015-08-14 15:30"/,
    ],
    ['--at 9:20', /^"9:20" is no date and exchange time\.\nWrite it as --at "2015-07-08 11:10"/],
    ['--symbol FRL --at 2015-07-06T09:17', /^No whole 5m candle of FRL was over by "2015-07-06T09:17"\.\n/],
    ['--symbol FORTS', /^There is no symbol "FORTS" in the bundled candles\.\nDid you mean "FORTIS"\?/],
    ['--timeframe 90s', /^"90s" is not made of whole 1m candles.*\n.*--timeframe 5m/],
    [
      '--timeframe 2d',
      /^The timeframe "2d" is longer than a day\.\nTake at most 1d: candles end with their session\./,
    ],
    ['--timeframe five', /^Unknown timeframe "five"\.\n/],
    ['--direction up', /^"up" is no direction\.\nTake --direction long/],
    ['--data dat.csv', /^dat\.csv: there is no such file\.\n.*"data\.csv"/],
    ['--data empty.csv', /^empty\.csv: is empty\.\n/],
    ['--min-rr x', /--min-rr: "x" is not/],
    ['--redis redis://localhost', /^"--redis" is for the service; --test runs none\.\n/],
  ])('%s', (line, sentence) => {
    const { code, stdout, stderr } = run(line.split(' '));
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('--at without --test', () => {
    const { code, stderr } = tradekit(['mse', '--at', '2015-07-06'], { cwd: folder.path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '"--at" belongs to --test.\nTry: tradekit mse --test --at …\n',
    });
  });
});

describe('what is loaded', () => {
  function loaded(args: readonly string[]): readonly string[] {
    const coverage = freshFolder();
    tradekit(args, { cwd: folder.path, env: { NODE_V8_COVERAGE: coverage.path } });
    const files = filesLoaded(coverage.path);
    coverage.remove();
    return files;
  }
  const ofTest = (file: string): boolean => /domain\/mse\/study|views\/structure|mse-test-run/.test(file);
  const ofRedis = (file: string): boolean => /ioredis|adapters\/store\/redis(?!-url)/.test(file);

  it('the service loads nothing of --test, and --test nothing of Redis', () => {
    const service = loaded(['mse', '--redis', 'redis://localhost:1']);
    expect(service.filter(ofTest)).toEqual([]);
    expect(service.filter(ofRedis)).not.toEqual([]);
    const test = loaded(['mse', '--test']);
    expect(test.filter(ofTest)).not.toEqual([]);
    expect(test.filter(ofRedis)).toEqual([]);
  });
});
