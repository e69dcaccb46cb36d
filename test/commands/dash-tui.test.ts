import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteReader } from '../../src/core/adapters/store/sqlite-reader.ts';
import { BEFORE_ALL } from '../../src/core/domain/events/position.ts';
import { independentFigures, type StoredLine } from '../dashboard/independent.ts';
import { STARTING_PAISE } from '../dashboard/recorded.ts';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal, type Terminal } from '../tmux.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** The program over a recorded run: one picture, the figures, and the whole of it in a real terminal. */

const folder = freshFolder();
const FILE = join(folder.path, '.tradekit', 'runs', 'week.db');
afterAll(folder.remove);

beforeAll(() => {
  const args = ['run-all', '--to', '2015-07-08', '--speed', 'max', '--run', 'week'];
  const { code, stderr } = tradekit(args, { cwd: folder.path, timeoutMs: 120_000 });
  expect(stderr).toContain('Run week');
  expect(code).toBe(0);
}, 120_000);

async function storedLines(): Promise<readonly StoredLine[]> {
  await using reader = openSqliteReader(FILE);
  const { screen: upTo } = await reader.done();
  return reader.read({ after: BEFORE_ALL, upTo, max: 1_000_000 });
}

describe('tradekit dash-tui --once and --json', () => {
  it('prints one picture of 80 by 24 of the newest run', () => {
    const { code, stdout } = tradekit(['dash-tui', '--once', '--size', '80x24'], { cwd: folder.path });
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(25);
    expect(lines[0]).toBe('[1 Now] 2 Watch  3 Flow  4 Chart  5 Trades  6 Detail   run week');
    expect(stdout).toContain('■ ended');
    expect(stdout).not.toContain('\u001b');
  });

  it('prints the view and the symbol that are asked for', () => {
    const args = ['dash-tui', '--once', '--view', 'chart', '--symbol', 'forti', '--store', `sqlite:${FILE}`];
    expect(tradekit(args, { cwd: folder.path }).stdout).toContain('FORTIS  5m');
  });

  it('prints the figures that an independent script reckons from the stored events', async () => {
    const { stdout } = tradekit(['dash-tui', '--json'], { cwd: folder.path });
    const { account, limits, funnel, feed, doubts, nearestFrom } = JSON.parse(stdout);
    const expected = independentFigures(await storedLines(), feed.instant, STARTING_PAISE);
    expect(account).toMatchObject({ equityMinor: expected.equityMinor, todayMinor: expected.todayMinor });
    expect(limits).toMatchObject({
      lossLeftMinor: expected.lossLeftMinor,
      openRiskMinor: expected.openRiskMinor,
    });
    expect(funnel).toMatchObject(expected.funnel);
    expect(doubts).toEqual([]);
    expect(nearestFrom).toBe('strategies');
  });

  it('doubts limits and judges no strategy where the settings are not the run’s', () => {
    const { stdout } = tradekit(['dash-tui', '--json', '--risk-pct', '2'], { cwd: folder.path });
    const { doubts, nearestFrom } = JSON.parse(stdout);
    expect(doubts).toHaveLength(1);
    expect(nearestFrom).toBe('signals');
  });

  it('says what is wrong: no terminal, no run, no size', () => {
    const stderr = (...args: readonly string[]): string => {
      const ran = tradekit(['dash-tui', ...args], { cwd: folder.path });
      expect(ran.code).toBe(1);
      return ran.stderr;
    };
    expect(stderr()).toContain('needs a terminal');
    expect(stderr('--once', '--store', 'sqlite:none.db')).toContain('none.db');
    expect(stderr('--once', '--size', 'huge')).toContain('"huge" is no size');
  });
});

describe.skipIf(NO_TMUX)('tradekit dash-tui in a terminal (needs tmux)', () => {
  const command = `node ${join(PROJECT, 'bin', 'tradekit.js')} dash-tui`;

  /** At a shell with something on its screen, the dashboard open and the run read. */
  async function open(args = ''): Promise<Terminal> {
    const terminal = openTerminal(folder.path);
    await terminal.until('$');
    terminal.line('echo before; stty -a | md5sum');
    await terminal.until(/before\n\w+ {2}-/);
    terminal.line(`${command} ${args}`);
    await terminal.until('■ ended');
    return terminal;
  }

  /** The shell is back, with its screen, its cursor and its line discipline. */
  async function expectRestored(terminal: Terminal): Promise<void> {
    await terminal.until(/before\n[\s\S]*\$ *\n*$/);
    expect(terminal.screen()).not.toContain('[1 Now]');
    terminal.line('stty -a | md5sum');
    const sums = [...(await terminal.until(/(\w{32}) {2}-[\s\S]*\w{32} {2}-/)).matchAll(/\w{32}/g)].map(
      String,
    );
    expect(new Set(sums).size).toBe(1);
  }

  it('switches views, searches, opens a trade, resizes, and quits leaving the terminal as it was', async () => {
    using terminal = await open();
    const titles = ['Services', 'nearest to firing', 'signals →', '█ up  ▒ down', 'R of today’s trades'];
    for (const [i, title] of titles.entries()) {
      terminal.press(String(i + 1));
      const lines = (await terminal.until(title)).split('\n');
      expect(lines[0]).toContain('[');
      expect(lines[23]).toContain('q quit');
      expect(lines.join('')).not.toContain('…');
    }
    const trade = JSON.parse(tradekit(['dash-tui', '--json'], { cwd: folder.path }).stdout).trades.at(-2);
    terminal.press('Down', 'Enter');
    expect(await terminal.until('[6 Detail]')).toContain(trade.id);
    terminal.press('3');
    await terminal.until('[3 Flow]');
    terminal.press('/', 'f', 's', 'l');
    await terminal.until('search: fsl');
    terminal.press('Enter');
    const found = await terminal.until('/fsl');
    const lines = found.trimEnd().split('\n');
    const events = lines.slice(lines.findIndex((line) => line.startsWith('Latest')) + 1, -1);
    expect(events.length).toBeGreaterThan(8);
    for (const line of events) expect(line).toContain('FSL');
    terminal.resize({ columns: 200, rows: 60 });
    terminal.press('1');
    // Until it is drawn anew, the old picture stands at the top of the taller window.
    await terminal.until(/^\[1 Now\](.*\n){59}.*q quit *\n*$/);
    terminal.resize({ columns: 80, rows: 24 });
    await terminal.until(/^\[1 Now\][\s\S]*q quit *\n*$/);
    expect(terminal.screen().trimEnd().split('\n')).toHaveLength(24);
    terminal.press('q');
    await expectRestored(terminal);
  }, 120_000);

  it('asks twice, sets the kill switch in the run’s file, and shows it large', async () => {
    const copy = join(folder.path, 'copy.db');
    copyFileSync(FILE, copy);
    using terminal = await open(`--store sqlite:${copy}`);
    terminal.press('k');
    await terminal.until('Stop all new entries?');
    terminal.press('x');
    await terminal.until('q quit');
    await using reader = openSqliteReader(copy);
    expect(await reader.key('TG:KILL')).toBeUndefined();
    terminal.press('k');
    await terminal.until('Stop all new entries?');
    terminal.press('y');
    await terminal.until('Asked again');
    terminal.press('y');
    await terminal.until('KILL SWITCH SET');
    expect(await reader.key('TG:KILL')).toMatch(/^dash-tui, \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    terminal.press('q');
    await expectRestored(terminal);
  }, 60_000);

  it.each(['TERM', 'HUP'])(
    'restores the terminal on SIG%s',
    async (name) => {
      using terminal = await open();
      terminal.press('p');
      await terminal.until('paused');
      terminal.signal(name);
      await expectRestored(terminal);
    },
    60_000,
  );

  it('restores the terminal and says what happened where drawing fails', async () => {
    using terminal = openTerminal(folder.path);
    await terminal.until('$');
    const planted = join(PROJECT, 'test/fixtures/throw-once-shown.mjs');
    terminal.line(`NODE_OPTIONS="--import ${planted}" ${command}`);
    const screen = await terminal.until('This is a bug in tradekit');
    expect(screen).toContain('Error: planted');
    expect(screen).toContain('$ NODE_OPTIONS');
    expect(screen).not.toContain('[1 Now]');
  }, 60_000);
});
