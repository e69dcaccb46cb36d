import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, HAS_REDIS, startRedis } from '../redis-server.ts';
import { startTradekit } from '../running.ts';
import { freshFolder, type Ran, tradekit } from '../tradekit.ts';
import { NO_PROC, untilReads, writeLongCandles } from './long-candles.ts';

/** The services on their own, where they cannot start. */

const folder = freshFolder();
afterAll(folder.remove);

function run(...args: readonly string[]): Ran {
  return tradekit(args, { cwd: folder.path });
}

const SERVICES = ['screen', 'mse', 'risk', 'exec'];

describe.each(SERVICES)('tradekit %s', (name) => {
  it('shows examples in its help', () => {
    const { code, stdout, stderr } = run(name, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: tradekit ${name} [options]`);
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}tradekit ${name} .*--redis redis://localhost:6379`));
    expect(stdout).toContain('--take-over');
  });
});

describe('a service that cannot start', () => {
  it('says what it needs where no Redis is named', () => {
    expect(run('screen')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'A service needs the Redis that it shares with the others.\nName it: --redis redis://localhost:6379. Without Redis, tradekit run-all does everything in one process.\n',
    });
  });

  it.each(['foo', 'http://localhost:6379', 'redis:/localhost'])('refuses "%s" as a Redis', (url) => {
    const { code, stdout, stderr } = run('risk', '--redis', url);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `--redis: "${url}" is not a URL such as redis://localhost:6379 or rediss://user@host:6380.`,
    );
  });

  it('says who did not answer, what to try, and no password', async () => {
    const port = await freePort();
    const { code, stdout, stderr } = run('exec', '--redis', `redis://trader:opensesame@127.0.0.1:${port}`);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Redis did not answer at "redis:\/\/trader:\*\*\*@127\.0\.0\.1:\d+": /);
    expect(stderr).toContain('Try: redis-cli ping.');
    expect(stderr).not.toContain('opensesame');
  });

  it.each([
    ['mse', '--run', 'july'],
    ['exec', '--mongo', 'mongodb://localhost/tradekit'],
    ['risk', '--feed', 'csv:a.csv'],
  ])('refuses what does not concern it: %s %s', (...args) => {
    const { code, stderr } = run(...args);
    expect([code, stderr]).toEqual([1, `Unknown option "${args[1]}".\nTry: tradekit ${args[0]} --help\n`]);
  });

  it('finds its Redis in tradekit.json, as run-all does', async () => {
    const port = await freePort();
    const settings = join(folder.path, 'tradekit.json');
    writeFileSync(settings, JSON.stringify({ redis: `redis://127.0.0.1:${port}` }));
    for (const command of ['screen', 'run-all'])
      expect(run(command).stderr).toContain(`Redis did not answer at "redis://127.0.0.1:${port}"`);
    expect(run('run-all', '--resume')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Over Redis a run needs no --resume: it goes on by itself\.\nLeave/),
    });
    rmSync(settings);
  });

  it('shows no password of a URL that it cannot read', () => {
    const { code, stderr } = run('mse', '--redis', 'http://trader:opensesame@localhost');
    expect(code).toBe(1);
    expect(stderr).not.toContain('opensesame');
  });
});

describe.skipIf(!HAS_REDIS || NO_PROC)(
  'Ctrl-C while screen reads a large file (needs redis-server, /proc)',
  () => {
    it('ends it at once', { timeout: 60_000 }, async () => {
      const path = writeLongCandles(folder.path, 'long.csv.gz');
      const server = await startRedis();
      try {
        const args = ['screen', '--feed', 'csv:long.csv.gz', '--market', 'crypto', '--redis', server.url];
        const screen = startTradekit(args, { cwd: folder.path });
        await untilReads(screen.pid, path);
        const sentAt = performance.now();
        screen.send('SIGINT');
        expect(await screen.ended).toEqual({
          code: 0,
          stdout: '',
          stderr: 'screen: stopped while the candles were read.\n',
        });
        // As in the test of the backtest.
        expect(performance.now() - sentAt).toBeLessThan(1500);
      } finally {
        await server.stop();
      }
    });
  },
);
