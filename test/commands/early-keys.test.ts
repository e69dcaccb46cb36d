import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal, type Terminal } from '../tmux.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** Keys that are typed while the program is still being loaded, and the ways out of that. */

const RUN = ['run-all', '--to', '2015-07-06', '--speed'];
const SLOW = `NODE_OPTIONS="--import ${join(PROJECT, 'test', 'fixtures', 'slow-loading.mjs')}"`;

describe.skipIf(NO_TMUX)('a terminal that shows no dashboard yet (needs tmux)', { timeout: 60_000 }, () => {
  const folder = freshFolder();
  const go = join(folder.path, 'go');
  beforeAll(() => {
    expect(tradekit([...RUN, 'max', '--run', 'day'], { cwd: folder.path }).code).toBe(0);
  });
  beforeEach(() => rmSync(go, { force: true }));
  afterAll(folder.remove);

  /** The program on a shell's screen, stopped in the middle of its loading. */
  async function start(...args: readonly string[]): Promise<Terminal> {
    const terminal = openTerminal(folder.path, { columns: 100, rows: 60 });
    await terminal.until('$');
    terminal.line('echo before; stty -a | md5sum');
    await terminal.until(/before\n\w+ {2}-\n\$/);
    terminal.line([SLOW, 'node', join(PROJECT, 'bin', 'tradekit.js'), ...args].join(' '));
    await terminal.until(/^loading$/m);
    return terminal;
  }

  /** The shell is back, with its line discipline, and nothing that was typed stands on its screen. */
  async function expectRestored(terminal: Terminal): Promise<void> {
    const screen = await terminal.until(/before\n[\s\S]*^\$ *\n*$/m);
    expect(screen).not.toContain('[5 Trades]');
    expect(screen).not.toMatch(/^loading\n(5|\^C)/m);
    terminal.line('stty -a | md5sum');
    const sums = (await terminal.until(/(\w{32}) {2}-[\s\S]*\w{32} {2}-/)).match(/\w{32}/g);
    expect(new Set(sums).size).toBe(1);
  }

  it.each([['dash-tui'], [...RUN, '1000']])(
    'is not written over by what is typed: the dashboard of %s gets it',
    async (...args) => {
      using terminal = await start(...args);
      terminal.press('5');
      writeFileSync(go, '');
      await terminal.until('[5 Trades]');
      terminal.press('q');
      await expectRestored(terminal);
    },
  );

  const ways: readonly (readonly [way: string, end: (terminal: Terminal) => void])[] = [
    [
      'Ctrl-C',
      (terminal) => {
        terminal.press('5');
        terminal.press('C-c');
      },
    ],
    ['SIGTERM', (terminal) => terminal.signal('TERM')],
    ['SIGHUP', (terminal) => terminal.signal('HUP')],
  ];

  it.each(ways)('is left as it was by %s', async (_way, end) => {
    for (const args of [['dash-tui'], [...RUN, '1000']]) {
      using terminal = await start(...args);
      end(terminal);
      await expectRestored(terminal);
    }
  });

  it.each([
    ['dash-tui', '--store', 'sqlite:none.db'],
    ['run-all', '--feed', 'csv:none.csv'],
  ])('is left as it was where %s fails', async (...args) => {
    using terminal = await start(...args);
    terminal.press('5');
    writeFileSync(go, '');
    await terminal.until(/none\.(db|csv)\W[\s\S]*^\$/m);
    await expectRestored(terminal);
  });
});
