import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTradekit } from '../running.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';
import { NO_PROC, untilReads, writeLongCandles } from './long-candles.ts';

let folder: ReturnType<typeof freshFolder>;
const BUNDLED = join(PROJECT, 'examples', 'data', 'nse-five-2015-07.csv.gz');
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

describe('what changes trades', () => {
  it('stands among the assumptions wherever it was chosen, and a strategy’s own reward:risk with it', () => {
    writeFileSync(
      join(folder.path, 'tradekit.json'),
      '{ "collarRatio": 2, "volumeCandles": 5, "riskPct": 2 }',
    );
    const own = {
      strategy_name: 'own',
      entry_direction: 'LONG',
      logic: { indicator: 'close', condition: 'crosses_above', value: 'sma20' },
      risk: { minRewardRisk: 3 },
    };
    writeFileSync(join(folder.path, 'own.json'), JSON.stringify([own]));
    const flags = ['--square-off-before-close', '90m', '--entry-after-open', '0', '--risk-pct', '1'];
    const { stdout } = tradekit(['backtest', BUNDLED, '--strategies', 'own.json', '--json', ...flags], {
      cwd: folder.path,
      env: { TRADEKIT_ENTRY_LIFE_CANDLES: '9' },
    });
    const { assumptions } = JSON.parse(stdout);
    const chosen = assumptions.settings.flatMap((of: { name: string; value: string; isDefault: boolean }) =>
      of.isDefault ? [] : [`${of.name} ${of.value}`],
    );
    expect(chosen).toEqual([
      'volume-candles 5',
      'collar-ratio 2',
      'entry-life-candles 9',
      'entry-after-open 0',
      'square-off-before-close 90m',
      'min-rr of own 3',
    ]);
    expect(assumptions.chosenElsewhere).toEqual([
      'tradekit.json: collarRatio, volumeCandles',
      'environment: TRADEKIT_ENTRY_LIFE_CANDLES',
    ]);
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
      ['--out', 'tradekit.json'],
      '--out "tradekit.json" would be written over "tradekit.json", which is read.',
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

describe('counts of one', () => {
  it('stand beside a word in the singular', () => {
    const row = (date: string, minute: number, prices = '100,101,99,100', volume = '5') =>
      `${date} 09:${15 + minute}:00,${prices},${volume}\n`;
    const rows = [
      ...Array.from({ length: 20 }, (_, minute) => row('2010-11-04', minute)),
      row('2010-11-04', 19), // an exact duplicate
      row('2010-11-04', 20, '100,101,99,102'), // closes above its high
      row('2010-11-04', 21, '100,101,99,100', ''), // no volume
      // A Monday: the calendar does not know the hours of Friday's evening session, Diwali.
      row('2010-11-08', 0),
    ];
    writeFileSync(join(folder.path, 'one.csv'), `time,open,high,low,close,volume\n${rows.join('')}`);
    const { stdout } = tradekit(['backtest', 'one.csv', '--stamps', 'start'], { cwd: folder.path });
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain('calendar knows nothing of 1 date, taken as closed: 2010-11-05.');
    expect(words).toContain('one: dropped 1 exact duplicate ·');
    expect(words).toContain('1 candle without a volume');
    expect(words).toContain('1 candle opens or closes outside its range');
  });
});

describe('what the report says to mind', () => {
  it('stands in the warnings of --json in the same words', () => {
    const args = ['backtest', BUNDLED];
    const text = tradekit(args, { cwd: folder.path }).stdout;
    const { warnings } = JSON.parse(tradekit([...args, '--json'], { cwd: folder.path }).stdout);
    expect(warnings).toMatchObject([{ code: 'smaller_risk' }]);
    const [from, to] = [text.indexOf('\nMind\n'), text.indexOf('\nAssumptions\n')];
    const mind = text.slice(from, to).trim().split(/\s+/).slice(2).join(' '); // less "Mind" and "!"
    expect(mind).toBe(warnings[0].text);
  });

  it('names the candles that close outside their own range', () => {
    // A price of 70 with one close of 7 at 09:25, and one open above its high at 09:40.
    const rows = Array.from({ length: 375 }, (_, minute) => {
      const of = 555 + minute; // 09:15
      const clock = [Math.floor(of / 60), of % 60].map((part) => String(part).padStart(2, '0')).join(':');
      const [open, close] = [clock === '09:40' ? 80 : 70, clock === '09:25' ? 7 : 70];
      return `2015-07-06 ${clock}:00,${open},71,69,${close},5\n`;
    });
    writeFileSync(join(folder.path, 'BAD.csv'), `time,open,high,low,close,volume\n${rows.join('')}`);
    const said =
      'Candles open or close outside their own high and low: 2 of BAD (the first 2015-07-06 09:25). They are kept as they are: marks, drawdown and indicators read these closes';
    const text = tradekit(['backtest', 'BAD.csv'], { cwd: folder.path }).stdout.replace(/\s+/g, ' ');
    expect(text).toContain(`Mind ! ${said}`);
    const { stdout } = tradekit(['backtest', 'BAD.csv', '--json'], { cwd: folder.path });
    expect(JSON.parse(stdout).warnings).toMatchObject([
      { code: 'inconsistent_candles', text: expect.stringContaining(said) },
    ]);
  });

  it('tells of a jump that an adjustment makes, and the data names the adjustment', () => {
    // FRL closes 2015-07-09 at 108.00 and opens at 108.00: halved before, 54 → 108 is +100 %.
    const args = ['backtest', BUNDLED, '--symbol', 'FRL', '--adjust', 'FRL@2015-07-10=0.5'];
    const words = tradekit(args, { cwd: folder.path }).stdout.replace(/\s+/g, ' ');
    expect(words).toContain(
      'FRL opens 2015-07-10 at 108 after a close of 108 (0.0 %), but --adjust multiplies the close by 0.5, which makes it 100.0 %.',
    );
    expect(words).toContain('FRL: prices before 2015-07-10 × 0.5 (--adjust)');
  });

  it('holds trades against the risk that their strategy sets for itself', () => {
    // 0.01 % of ₹10,00,000 is ₹100: a few shares at a rupee or two of risk each, less what rounding to whole ones takes.
    const risk = { riskPct: 0.01 };
    const logic = { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 'vwap' }] };
    const strategies = [{ strategy_name: 'careful', entry_direction: 'LONG', logic, risk }];
    writeFileSync(join(folder.path, 'strategies.json'), JSON.stringify(strategies));
    const { stdout } = tradekit(['backtest', BUNDLED], { cwd: folder.path });
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain('risking 0.01 % a trade (the strategy’s own)');
    expect(words).toContain('the setting is 0.01 % (the strategy’s own), a cut quantity risks less');
    expect(stdout).not.toContain('\nMind\n');
  });
});

describe('why nothing traded', () => {
  const why = (strategy: object, ...flags: readonly string[]): string => {
    const logic = { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 1 }] };
    const strategies = [{ strategy_name: 'own', entry_direction: 'LONG', logic, ...strategy }];
    writeFileSync(join(folder.path, 'strategies.json'), JSON.stringify(strategies));
    const { stdout } = tradekit(['backtest', BUNDLED, ...flags], { cwd: folder.path });
    const [from, to] = [stdout.indexOf('\nWhy nothing traded\n'), stdout.indexOf('\nAssumptions\n')];
    return stdout.slice(from, to).replace(/\s+/g, ' ');
  };

  it('names the session window that hid the signals', () => {
    // Closes are above 1 throughout: true anew once a session, on each of 5 symbols in 30 sessions, never before 09:15.
    const text = why({ session: { from: '08:00', to: '09:15' } });
    expect(text).toContain(
      'the session 08:00 to 09:15 of own: its logic came true 150 times, all outside of it',
    );
    expect(text).toContain(
      'own: its logic came true, on a candle that starts outside its session 08:00 to 09:15',
    );
    expect(text).toContain('try Widen or move "session" of own');
    expect(text).not.toContain('loosen');
  });
  it.each([
    [
      'minimum reward:risk',
      // A target of 2 R is under 4 R whatever the costs.
      { plan: { stop: { percent: 1 }, target: { r: 2 } }, risk: { minRewardRisk: 4 } },
      'try A lower risk.minRewardRisk of own (now 4) or a wider target',
      '--min-rr',
    ],
    [
      'risk',
      // 0.00001 % of ₹10,00,000 is 10 paise: a stop 1 % away costs more on any share above ₹10.
      { plan: { stop: { percent: 1 }, target: { r: 2 } }, risk: { riskPct: 0.00001 } },
      'raise --equity or risk.riskPct of own (now 0.00001)',
      '--risk-pct',
    ],
    [
      'target',
      // Short, and 150 % below the close: under zero.
      { entry_direction: 'SHORT', plan: { stop: { percent: 1 }, target: { percent: 150 } } },
      'try Change plan.target of own, now { "percent": 150 }: it has to lie beyond',
      'fallbackR',
    ],
    [
      'stop',
      // Long, and 100 % below the close: at zero.
      { plan: { stop: { percent: 100 }, target: { r: 2 } } },
      'try Change plan.stop of own, now { "percent": 100 }: a stop at zero',
      'Give the strategy',
    ],
  ])('names the own %s of the strategy, where it decides', (_what, own, advice, not) => {
    const text = why(own);
    expect(text).toContain(advice);
    expect(text).not.toContain(not);
  });
});
