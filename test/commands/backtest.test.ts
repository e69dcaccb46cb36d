import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTradekit } from '../running.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';
import { NO_PROC, untilReads, writeLongCandles } from './long-candles.ts';

let folder: ReturnType<typeof freshFolder>;
beforeEach(() => {
  folder = freshFolder();
});
afterEach(() => folder.remove());

describe.skipIf(NO_PROC)('Ctrl-C while a backtest reads a large file (needs /proc)', () => {
  it('ends it at once, in words, and leaves no file behind', { timeout: 60_000 }, async () => {
    const path = writeLongCandles(folder.path, 'long.csv.gz');
    const args = ['backtest', 'long.csv.gz', '--market', 'crypto', '--equity-out', 'equity.csv'];
    const run = startTradekit(args, { cwd: folder.path });
    await untilReads(run.pid, path);
    const sentAt = performance.now();
    run.send('SIGINT');
    expect(await run.ended).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Interrupted: no file was written.\nRun it again, or over a shorter time: --from 2015-07-06 --to 2015-07-10\n',
    });
    // Some hundredths of a second; whole seconds more where the file is read to its end. The machine may be busy.
    expect(performance.now() - sentAt).toBeLessThan(1500);
    expect(folder.files()).toEqual(['long.csv.gz']);
  });
});

describe('several files of one kind', () => {
  it('are warned of once, by name', () => {
    for (const symbol of ['AAA', 'BBB', 'CCC']) {
      const volume = symbol === 'CCC' ? 5 : 0;
      const rows = Array.from({ length: 375 }, (_, minute) => {
        const of = 555 + minute; // 09:15
        const clock = [Math.floor(of / 60), of % 60].map((part) => String(part).padStart(2, '0')).join(':');
        return `2015-07-06 ${clock}:00,100,101,99,100,${volume}\n`;
      });
      writeFileSync(join(folder.path, `${symbol}.csv`), `time,open,high,low,close,volume\n${rows.join('')}`);
    }
    const { code, stdout } = tradekit(['backtest', 'AAA.csv', 'BBB.csv', 'CCC.csv'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout.match(/.*is 0 throughout.*/g)).toEqual([
      '  ! AAA.csv, BBB.csv: Volume "volume" is 0 throughout.',
    ]);
    expect(stdout).toContain(
      [
        '  · AAA.csv, BBB.csv, CCC.csv: yyyy-MM-dd HH:mm:ss, zone Asia/Kolkata (the market’s), start stamps',
        '    (detected)',
      ].join('\n'),
    );
    const alone = tradekit(['backtest', 'AAA.csv'], { cwd: folder.path });
    expect(alone.stdout).toContain('  ! Volume "volume" is 0 throughout.');
  });
});

describe('a result that would take the place of what is read', () => {
  const CANDLES = `time,open,high,low,close\n2015-07-06 09:15:00,100,101,99,100\n2015-07-06 09:16:00,100,101,99,100\n`;

  it.each([
    [
      'mine.csv',
      ['--out', './mine.csv'],
      '--out "./mine.csv" would be written over "mine.csv", which is read.',
    ],
    [
      'mine.csv',
      ['--equity-out', 'link.csv'],
      '--equity-out "link.csv" would be written over "mine.csv", which is read.',
    ],
    [
      'mine.csv',
      ['--strategies', 's.json', '--out', 's.json'],
      '--out "s.json" would be written over "s.json", which is read.',
    ],
    [
      'mine.csv',
      ['--out', 'new.csv', '--equity-out', './new.csv'],
      'Trades and equity cannot both go to "new.csv".',
    ],
  ])('is refused before anything is read: %s %j', (file, flags, says) => {
    writeFileSync(join(folder.path, 'mine.csv'), CANDLES);
    symlinkSync('mine.csv', join(folder.path, 'link.csv'));
    cpSync(join(PROJECT, 'strategies.json'), join(folder.path, 's.json'));
    const before = folder.files();
    const { code, stdout, stderr } = tradekit(['backtest', file, ...flags], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')[0]).toBe(says);
    expect(folder.files()).toEqual(before);
    expect(readFileSync(join(folder.path, 'mine.csv'), 'utf8')).toBe(CANDLES);
  });
});

it('an account too large for exact money is refused, with the most that is taken', () => {
  // 2^53 - 1 paise ÷ 16 are 562,949,953,421,311.9 paise, ₹5,629,499,534,213.11
  const of = (equity: string) =>
    tradekit(
      [
        'backtest',
        join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz'),
        '--equity',
        equity,
        '--to',
        '2015-07-06',
      ],
      {
        cwd: folder.path,
      },
    );
  expect(of('5629499534214')).toEqual({
    code: 1,
    stdout: '',
    stderr: '--equity: "5629499534214" is too much to be reckoned exactly.\nUse at most 5629499534213.\n',
  });
  expect(of('5629499534213').code).toBe(0);
});

describe('candles that go on after the calendar has ended', () => {
  it('are warned of with where it ends, in the report and as data', () => {
    // The NSE calendar knows 2026-12-31, a Thursday, and nothing of 2027-01-01: 375 of the 750 rows.
    const rows = ['2026-12-31', '2027-01-01'].flatMap((date) =>
      Array.from({ length: 375 }, (_, minute) => {
        const of = 555 + minute; // 09:15
        const clock = [Math.floor(of / 60), of % 60].map((part) => String(part).padStart(2, '0')).join(':');
        return `${date} ${clock},100,101,99,100,5\n`;
      }),
    );
    writeFileSync(join(folder.path, 'SYN.csv'), `time,open,high,low,close,volume\n${rows.join('')}`);
    const { code, stdout } = tradekit(['backtest', 'SYN.csv'], { cwd: folder.path });
    const said = stdout.replace(/\s+/g, ' ');
    expect(code).toBe(0);
    expect(said).toContain('nothing of 1 date, taken as closed: 2027-01-01. It ends with 2026-12-31.');
    expect(said).toContain('SYN: dropped 375 outside sessions');
    expect(said).not.toContain('--zone');
    const { stdout: json } = tradekit(['backtest', 'SYN.csv', '--json'], { cwd: folder.path });
    expect(json).toMatch(/"code": ?"unknown_dates"/);
  });
});
