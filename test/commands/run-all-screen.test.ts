import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteReader } from '../../src/core/adapters/store/sqlite-reader.ts';
import { BEFORE_ALL } from '../../src/core/domain/events/position.ts';
import type { StoreReader } from '../../src/core/ports/store.ts';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal, type Terminal } from '../tmux.ts';
import { freshFolder } from '../tradekit.ts';
import { writeEarlyStrategies } from './early-strategies.ts';

/** An instant each 60 ms: a session in twenty-two seconds. */
const PACE = ['--speed', '1000'];
/** Some ten instants that would have come. */
const A_WHILE_MS = 600;

describe.skipIf(NO_TMUX)('the dashboard of run-all in one process (needs tmux)', { timeout: 60_000 }, () => {
  const folder = freshFolder();
  beforeAll(() => writeEarlyStrategies(folder.path));
  afterAll(folder.remove);

  async function type(...args: readonly string[]): Promise<Terminal> {
    const terminal = openTerminal(folder.path);
    await terminal.until('$');
    terminal.line([`node ${join(PROJECT, 'bin', 'tradekit.js')}`, 'run-all', ...args].join(' '));
    return terminal;
  }

  async function start(id: string, ...args: readonly string[]): Promise<Terminal> {
    const terminal = await type('--run', id, ...PACE, ...args);
    await terminal.until(/● running[\s\S]*instant \d\d/);
    return terminal;
  }

  function storeOf(id: string): StoreReader {
    return openSqliteReader(join(folder.path, '.tradekit', 'runs', `${id}.db`));
  }

  it('pauses the run, runs single instants, takes the kill switch meanwhile, and goes on', async () => {
    using terminal = await start('held', '--to', '2015-07-06');
    await using store = storeOf('held');
    terminal.press('?');
    expect(await terminal.until('Signs')).toContain('pause the run: it stands still');
    terminal.press('x', 'p');
    const paused = await terminal.until('‖ paused');
    expect(paused).not.toContain('● running');
    const n = await standing(store);
    await terminal.until(`instant ${n} `.trimEnd());
    for (const more of [1, 2]) {
      terminal.press('.');
      await terminal.until(new RegExp(`instant ${n + more}\\b`));
      expect(await standing(store)).toBe(n + more);
    }
    terminal.press('k', 'y', 'y');
    await terminal.until('KILL SWITCH SET');
    expect(await store.key('TG:KILL')).toBe('the dashboard of run-all');
    terminal.press('.');
    await terminal.until(new RegExp(`instant ${n + 3}\\b`));
    expect(await standing(store)).toBe(n + 3);
    terminal.press('p');
    await terminal.until('● running');
    await expect.poll(async () => (await store.done()).exec.n, { timeout: 10_000 }).toBeGreaterThan(n + 10);
    terminal.press('p');
    await terminal.until('‖ paused');
    terminal.press('q');
    expect(await terminal.until('tradekit run-all --resume')).not.toContain('[1 Now]');
  });

  it('pauses what is shown of a market that is invented, not the market', async () => {
    using terminal = await start('invented', '--feed', 'random:42');
    await using store = storeOf('invented');
    terminal.press('?');
    expect(await terminal.until('Signs')).toContain('pause the display, not the run');
    terminal.press('x', 'p');
    const [, shown] = /instant ([\d,]+)/.exec(await terminal.until('‖ display paused')) ?? [];
    const { n } = (await store.done()).exec;
    await expect.poll(async () => (await store.done()).exec.n, { timeout: 10_000 }).toBeGreaterThan(n + 20);
    expect(terminal.screen()).toContain(`instant ${shown}`);
    terminal.press('q');
    await terminal.until('tradekit run-all --resume');
  });

  it('stays when the feed ends for who presses a key, and gives the summary at q', async () => {
    using terminal = await type('--run', 'looked-at', '--speed', 'max', '--to', '2015-07-06');
    await terminal.until('The run is over: q shows the summary; by itself in');
    terminal.press('5');
    const stays = await terminal.until('[5 Trades]');
    expect(stays).toMatch(/The run is over: q shows the summary *\n/);
    terminal.press('q');
    expect(await terminal.until(/^Next$/m)).not.toContain('run-all --resume');
  });

  it('ends by itself with the summary where nobody does, and shows no dashboard when it is resumed', async () => {
    using terminal = await type('--run', 'alone', '--speed', 'max', '--to', '2015-07-06');
    await terminal.until('The run is over');
    await terminal.until(/^Next$[\s\S]*^\$ *$/m);
    using again = await type('--resume', 'alone');
    // Nobody presses a key, and it does not wait for one.
    await again.until(/^Next$[\s\S]*^\$ *$/m, 15_000);
  });
});

describe.skipIf(NO_TMUX)('run-all in lines on 80 columns (needs tmux)', { timeout: 60_000 }, () => {
  const folder = freshFolder();
  afterAll(folder.remove);

  it('says what it replays in whole words, later lines of a sentence set in', async () => {
    using terminal = openTerminal(folder.path, { columns: 80, rows: 200 });
    await terminal.until('$');
    const program = `node ${join(PROJECT, 'bin', 'tradekit.js')}`;
    terminal.line(`clear; ${program} run-all --plain --run r --speed max --to 2015-07-06`);
    const lines = (await terminal.until('Ctrl-C ends it with a summary.')).split('\n');
    const from = lines.findIndex((line) => line.startsWith('Replaying'));
    const to = lines.findIndex((line) => line.endsWith('summary.'));
    expect(
      lines
        .slice(from, to + 1)
        .join('\n')
        .replaceAll('\n  ', ' '),
    ).toBe(
      [
        'Replaying the bundled candles of five NSE shares, July and August 2015: FCEL, FEDERALBNK, FORTIS, FRL, FSL, as fast as it goes.',
        '12 strategies of the shipped strategies; market nse, Zerodha intraday equity on NSE, stamp duty of Maharashtra before 2020-07-01, rounded as on the contract note.',
        'Run r, every event kept in .tradekit/runs/r.db. Ctrl-C ends it with a summary.',
      ].join('\n'),
    );
  });
});

/** The instant up to which the run is done; nothing more comes into its store for a while. */
async function standing(store: StoreReader): Promise<number> {
  const { exec: upTo } = await store.done();
  await setTimeout(A_WHILE_MS);
  const later = await store.done();
  const events = await store.read({ after: upTo, upTo: { n: upTo.n + 1000, rank: 0, i: 0 } });
  expect([later.exec, events]).toEqual([upTo, []]);
  expect(await store.read({ after: BEFORE_ALL, upTo, max: 1 })).toHaveLength(1);
  return upTo.n;
}
