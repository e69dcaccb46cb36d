import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { isAlive } from '../running.ts';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal, type Terminal } from '../tmux.ts';
import { freshFolder } from '../tradekit.ts';
import { writeEarlyStrategies } from './early-strategies.ts';

/** Services that are stopped, in the order in which they are. */
const STAGES = ['screen', 'mse', 'risk', 'exec'];
/** High enough that what is written after the screen has left is all in sight. */
const SIZE = { columns: 100, rows: 120 };

describe.skipIf(NO_TMUX || !HAS_REDIS)(
  'run-all over Redis on a terminal (needs tmux and redis-server)',
  { timeout: 90_000 },
  () => {
    const folder = freshFolder();
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
      writeEarlyStrategies(folder.path);
    });
    beforeEach(async () => {
      await server.admin.flushall();
    });
    afterAll(async () => {
      await server.stop();
      folder.remove();
    });

    async function start(...args: readonly string[]): Promise<Terminal> {
      const terminal = openTerminal(folder.path, SIZE);
      await terminal.until('$');
      const program = `node ${join(PROJECT, 'bin', 'tradekit.js')}`;
      terminal.line([program, 'run-all', '--redis', server.url, '--to', '2015-07-06', ...args].join(' '));
      return terminal;
    }

    it.each(['q', 'C-c'])(
      'shows the dashboard and what happens to services, and stops them in order at %s',
      async (quit) => {
        using terminal = await start('--speed', '300');
        await terminal.until(/● running[\s\S]*instant \d\d/);
        const before = pidsOf(terminal);
        expect([...before.keys()]).toEqual(expect.arrayContaining([...STAGES, 'log']));
        process.kill(before.get('exec') ?? Number.NaN, 'SIGKILL');
        const picture = (
          await terminal.until(/Notice +\d+s ago: exec: run \S+ on \S+, from\s+instant [\d,]+, epoch 2/)
        ).split('\n');
        expect(picture[0]).toContain('[1 Now]');
        expect(picture[SIZE.rows - 1]).toContain('q quit');
        expect(picture.filter((line) => /^\w+: /.test(line))).toEqual([]);
        terminal.press('3');
        await terminal.until('[3 Flow]');
        terminal.press('1', 'p');
        await terminal.until('‖ display paused');
        terminal.press('k', 'y', 'y');
        await terminal.until('KILL SWITCH SET');
        expect(await server.admin.get('TG:KILL')).toBe('the dashboard of run-all');
        const alive = [...pidsOf(terminal).values()];
        terminal.press(quit);
        const left = await terminal.until(
          /stays on redis:\S+: the same command\s+goes on with it\.\n\$ *\n*$/,
        );
        expect(left).not.toContain('[1 Now]');
        const killed = new RegExp(
          `exec: process ${before.get('exec')} died of SIGKILL; starting it again in 0\\.25 s\\.`,
        );
        expect(left).toMatch(killed);
        expect(left.search(killed)).toBeLessThan(left.indexOf('screen: stopped'));
        expect(left.match(/^\w+(?=: stopped; it goes on when started again\.)/gm)).toEqual(STAGES);
        expect(left.lastIndexOf(': stopped')).toBeLessThan(left.indexOf('Funnel'));
        expect(alive.length).toBeGreaterThanOrEqual(5);
        expect(alive.filter(isAlive)).toEqual([]);
      },
    );

    it('stays when the feed ends, and prints the summary of the whole run at q', async () => {
      using terminal = await start('--speed', '4000');
      expect(await terminal.until('The run is over: q shows the summary')).toContain('[1 Now]');
      terminal.press('q');
      const left = await terminal.until(/is over and stays[\s\S]*\n\$ *\n*$/);
      expect(left).toMatch(/→ closed +\d+/);
      expect(left).toContain('exec: the feed has ended and all of it is done.');
    });

    it('shows lines with --plain', async () => {
      using terminal = await start('--speed', '4000', '--plain');
      expect(await terminal.until('→ order')).not.toContain('[1 Now]');
      terminal.press('C-c');
      await terminal.until('goes on with it.');
    });
  },
);

/** The services by name, as the process table knows them: children of what the shell runs. */
function pidsOf(terminal: Terminal): ReadonlyMap<string, number> {
  const table = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout;
  const rows = [...table.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, args]) => ({
    pid: Number(pid),
    parent: Number(parent),
    args: args ?? '',
  }));
  const own = rows.find(({ parent }) => parent === terminal.pid())?.pid;
  return new Map(
    rows.flatMap(({ pid, parent, args }): [string, number][] => {
      const [, name] = /tradekit\.js (\w+)/.exec(args) ?? [];
      return parent === own && name !== undefined ? [[name, pid]] : [];
    }),
  );
}
