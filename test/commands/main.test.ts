import { beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { flagOf, isSettingName, SETTING_NAMES, SETTINGS } from '../../src/core/config/setting-table.ts';

const composed = vi.hoisted(() => ({ runBacktest: vi.fn(), runAll: vi.fn() }));
vi.mock('../../src/commands/compose.ts', () => composed);

let printed = '';

beforeEach(() => {
  printed = '';
  composed.runBacktest.mockReset();
  composed.runAll.mockReset();
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});

describe('backtest', () => {
  it.each([
    ['a.csv', ['a.csv'], {}],
    ['a.csv b.csv --symbol NIFTY', ['a.csv', 'b.csv'], { symbol: 'NIFTY' }],
    ['--risk-pct 0.5 a.csv --min-rr=2', ['a.csv'], { riskPct: '0.5', minRr: '2' }],
    ['a.csv --json --strict --no-progress', ['a.csv'], { json: true, strict: true, progress: false }],
    ['a.csv --disable liquidity --disable conflict', ['a.csv'], { disable: 'liquidity,conflict' }],
    ['a.csv --config my.json --max-daily-loss-pct 2', ['a.csv'], { config: 'my.json', maxDailyLossPct: '2' }],
    ['a.csv --equity 10,00,000', ['a.csv'], { equity: '10,00,000' }],
  ])('%s', async (line, files, flags) => {
    await main(['backtest', ...line.split(' ')]);
    expect(composed.runBacktest).toHaveBeenCalledExactlyOnceWith(files, flags);
  });

  it('its help names a flag for every setting but those of replays and services', async () => {
    await main(['backtest', '--help']);
    for (const name of SETTING_NAMES) {
      if (!isSettingName(name)) continue;
      const isForeign = ['Replay', 'Services', 'Run', 'Log'].includes(SETTINGS[name].group);
      expect(printed.includes(`  ${flagOf(name)}`), name).toBe(!isForeign);
    }
    expect(composed.runBacktest).not.toHaveBeenCalled();
  });
});

describe('run-all', () => {
  it.each([
    ['', {}],
    ['--from 2015-07-06 --speed max --verbose', { from: '2015-07-06', speed: 'max', verbose: true }],
    ['--feed csv:BTC.csv --market crypto', { feed: 'csv:BTC.csv', market: 'crypto' }],
  ])('run-all %s', async (line, flags) => {
    await main(['run-all', ...line.split(' ').filter((word) => word !== '')]);
    expect(composed.runAll).toHaveBeenCalledExactlyOnceWith(flags);
  });
});

describe('help and version', () => {
  it.each([[], ['--help'], ['-h'], ['help']])('%s lists the commands', async (...argv) => {
    await main(argv);
    expect(printed).toMatch(/run-all.*backtest.*init/s);
  });

  it('prints the version of package.json', async () => {
    await main(['--version']);
    expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what it does not understand', () => {
  it.each([
    ['bactest a.csv', 'Unknown command "bactest".', 'Did you mean backtest? Try: tradekit --help'],
    ['--foo', 'Unknown option "--foo".', 'Try: tradekit --help'],
    ['backtest', 'No files given.', 'Try: tradekit backtest --help'],
    ['log query --foo', 'Unknown option "--foo".', 'Did you mean --from? Try: tradekit log query --help'],
    [
      'backtest a --risk-pc 1',
      'Unknown option "--risk-pc".',
      'Did you mean --risk-pct? Try: tradekit backtest --help',
    ],
    ['backtest a --risk-pct', '"--risk-pct <percent>" needs a value.', 'Try: tradekit backtest --help'],
    ['run-all a.csv', 'There are more arguments than this command takes.', 'Try: tradekit run-all --help'],
  ])('%s', async (line, message, hint) => {
    await expect(main(line.split(' '))).rejects.toMatchObject({
      name: 'TradekitError',
      code: 'CONFIG',
      message,
      hint,
    });
  });
});
