import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { isAlive, type Running, startTradekit } from '../running.ts';
import { freshFolder, tradekit } from '../tradekit.ts';
import { writeEarlyStrategies } from './early-strategies.ts';

/** `tradekit run-all --redis`: the services as processes of their own, killed and interrupted. */

const SHORT = ['--to', '2015-07-06'];
/** A session in six seconds: there is time to do something to it. */
const WATCHED = ['--speed', '4000'];
const PASSWORD = 'opensesame';
const SERVICES = ['screen', 'mse', 'risk', 'exec'];

describe.skipIf(!HAS_REDIS)('run-all over Redis (needs redis-server)', { timeout: 60_000 }, () => {
  const folder = freshFolder();
  const runs: Running[] = [];
  let server: RedisServer;
  /** What one process says that the run came to. */
  let embedded = '';

  beforeAll(async () => {
    server = await startRedis({
      settings: ['--requirepass', PASSWORD, '--appendonly', 'yes'],
      admin: { username: 'default', password: PASSWORD },
    });
    writeEarlyStrategies(folder.path);
    const args = ['run-all', ...SHORT, '--speed', 'max'];
    const { stdout } = tradekit(args, { cwd: folder.path });
    embedded = summaryOf(stdout);
    expect(embedded).toMatch(/By strategy[\s\S]*By exit reason[\s\S]*= net P&L +-?₹[1-9]/);
  });

  beforeEach(async () => {
    await server.admin.flushall();
  });

  afterEach(async () => {
    for (const run of runs.splice(0)) {
      run.send('SIGINT');
      await run.ended;
    }
  });

  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  function start(...args: readonly string[]): Running {
    const url = `redis://:${PASSWORD}@127.0.0.1:${server.port}`;
    const run = startTradekit(['run-all', '--redis', url, ...SHORT, ...args], { cwd: folder.path });
    runs.push(run);
    return run;
  }

  /** The process of a service, once it holds its stage; the newest one. */
  async function pidOf(run: Running, name: string, epoch = 1): Promise<number> {
    const [, pid] = await run.heard(new RegExp(`${name}: run .*, epoch ${epoch}, process (\\d+)\\.`));
    return Number(pid);
  }

  it('goes on where a service is killed, and ends with the trades of one process', async () => {
    const run = start(...WATCHED);
    const names = ['screen', 'risk', 'exec'];
    const pids = await Promise.all(names.map((name) => pidOf(run, name)));
    await run.heard(/→ order/);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    for (const name of names) {
      await run.heard(new RegExp(`${name}: process \\d+ died of SIGKILL; starting it again in 0\\.25 s\\.`));
      await run.heard(new RegExp(`${name}: run .*, from instant [\\d,]+, epoch 2, process \\d+\\.`));
    }
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(summaryOf(stdout)).toBe(embedded);
    expect(stderr).toMatch(
      /The run .* is over and stays on redis:\/\/:\*\*\*@\S+\.\nA new run needs an empty Redis,/,
    );
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  it('says of a run that is over that it was, and what it came to, without telling its trades again', async () => {
    const { stdout: first } = await start('--speed', 'max', '--run', 'whole').ended;
    expect(first).toContain('→ order');
    const again = await start('--speed', 'max').ended;
    expect([again.code, summaryOf(again.stdout)]).toEqual([0, embedded]);
    expect(again.stdout).not.toContain('→ order');
    const [said, ...rest] = again.stderr.split('\n');
    expect(said).toBe('The run whole was over already: this is what it came to.');
    expect(rest.join('\n')).not.toMatch(/process|waiting/);
    expect(again.stderr).toContain('The run whole is over and stays on redis://:***@');
    expect(again.stderr).toContain('log: Copied 0 events of the run whole: the log has all of it.');
  });

  it.each([
    [['--risk-pct', '2'], /began with other strategies, settings/],
    [
      ['--from', '2015-07-06 10:00'],
      /^The run "whole" was made of other data: of [\d,]+ candles, not [\d,]+\.$/m,
    ],
    [['--run', 'other'], /^The store holds the run "whole", not "other"\.$/m],
  ])('refuses to tell a run that is over as another one: %s', async (args, says) => {
    await start('--speed', 'max', '--run', 'whole').ended;
    const { code, stdout, stderr } = await start('--speed', 'max', ...args).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(says);
  });

  it('stops its services in their order at Ctrl-C, leaves none behind, and goes on when started again', async () => {
    const run = start(...WATCHED);
    const pids = await Promise.all(SERVICES.map((name) => pidOf(run, name)));
    await run.heard(/→ order/);
    run.send('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr.match(/\w+(?=: stopped; it goes on when started again\.)/g)).toEqual(SERVICES);
    expect(stderr).toMatch(/The run .* stays on redis:\S+: the same command goes on with it\.\n$/);
    expect(pids.filter(isAlive)).toEqual([]);
    const again = start('--speed', 'max');
    const ended = await again.ended;
    expect([ended.code, summaryOf(ended.stdout)]).toEqual([0, embedded]);
    expect(ended.stderr).not.toContain('starting it again');
  });

  it('leaves none behind at a second Ctrl-C either', async () => {
    const run = start(...WATCHED);
    await Promise.all(SERVICES.map((name) => pidOf(run, name)));
    run.send('SIGINT');
    run.send('SIGTERM');
    await run.ended;
    await allLeft(server);
  });

  it.each(['SIGKILL', 'SIGHUP'] as const)(
    'killed by %s it leaves no service behind, and the next start need not push anyone aside',
    async (signal) => {
      const run = start(...WATCHED);
      const pids = await Promise.all(SERVICES.map((name) => pidOf(run, name)));
      await run.heard(/→ order/);
      run.send(signal);
      await run.ended;
      await allLeft(server);
      await expect.poll(() => pids.filter(isAlive), { timeout: 5000, interval: 20 }).toEqual([]);
      const ended = await start('--speed', 'max').ended;
      expect([ended.code, summaryOf(ended.stdout)]).toEqual([0, embedded]);
    },
  );

  it('stops all of them where the store is emptied under it, and begins no other run', async () => {
    const run = start(...WATCHED);
    const pids = await Promise.all(SERVICES.map((name) => pidOf(run, name)));
    await run.heard(/→ order/);
    await server.admin.flushall();
    const { code, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The run \S+ is gone from redis:\S+: it was emptied\.\nAll services are stopped\. Look into the account .*\n$/,
    );
    expect(stderr).not.toMatch(/starting it again|the same command goes on/);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await server.admin.exists('tk:run')).toBe(0);
  });

  it('waits for a Redis that is away, and goes on with it', async () => {
    const run = start(...WATCHED);
    await run.heard(/→ order/);
    await server.crash();
    for (const name of ['run-all', 'screen'])
      await run.heard(new RegExp(`${name}: .*Trying again for 60 s\\.`));
    await server.restart();
    const { code, stdout, stderr } = await run.ended;
    expect([code, summaryOf(stdout)]).toEqual([0, embedded]);
    expect(stderr).toMatch(/run-all: The store is back after/);
    expect(stderr).not.toContain('starting it again');
    expect(stdout + stderr).not.toContain(PASSWORD);
  });
});

/** From the verdict to what to do next, which differs. */
function summaryOf(stdout: string): string {
  return stdout.slice(stdout.search(/^FCEL, /m), stdout.search(/^Next$/m));
}

/** Each service has said that it leaves: its heartbeat is taken away. */
async function allLeft({ admin }: RedisServer): Promise<void> {
  await expect
    .poll(() => Promise.all(SERVICES.map((name) => admin.hget(`tk:service:${name}`, 'beat'))), {
      timeout: 20_000,
      interval: 50,
    })
    .toEqual([null, null, null, null]);
}
