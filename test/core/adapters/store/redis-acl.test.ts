import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedisStore } from '../../../../src/core/adapters/store/redis.ts';
import { initRedis } from '../../../../src/core/adapters/store/redis-functions.ts';
import { openRedisReader } from '../../../../src/core/adapters/store/redis-reader.ts';
import {
  CHANNEL_WRITERS,
  CHANNELS,
  RANK_WRITERS,
  STAGE_NAMES,
  type StageName,
} from '../../../../src/core/domain/events/channels.ts';
import { BEFORE_ALL, endOfInstant, type Position } from '../../../../src/core/domain/events/position.ts';
import type { Commit, KeyWrite } from '../../../../src/core/ports/store.ts';
import { at, commitOf, event, nextMarks, readAll, start } from '../../../contracts/store/opened.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';
import { PROJECT } from '../../../shared.ts';

const EXAMPLES = join(PROJECT, 'examples', 'redis');
const ADMIN = { username: 'ops', password: 'change-me-ops' };
const USERS = [...STAGE_NAMES, 'log', 'dash'] as const;
type User = (typeof USERS)[number] | 'ops';

/** What each stage writes besides its events. */
const WRITES: Readonly<Record<StageName, readonly KeyWrite[]>> = {
  screen: [],
  mse: [],
  risk: [{ key: 'TG:LOCK:SBIN', value: '2015-07-06' }],
  exec: [
    { key: 'POS:SBIN', value: { qty: '100' } },
    { key: 'POS:OLD', value: undefined },
    { key: 'TG:LOCK:SBIN', value: undefined },
  ],
};

/** An event on each channel of the stage, and its writes. */
function wholeCommit(service: StageName, n: number): Commit {
  const ranks = RANK_WRITERS.flatMap((writer, rank) => (writer === service ? [rank] : []));
  const channels = CHANNELS.filter((channel) => CHANNEL_WRITERS[channel] === service);
  const appends = channels.map((channel, i) => event(at(n, ranks[0], i), channel));
  const from: Position = n === 1 ? BEFORE_ALL : endOfInstant(n - 1);
  return commitOf({ service, from, to: endOfInstant(n), appends, writes: WRITES[service] });
}

describe.skipIf(!HAS_REDIS)('users.acl (needs redis-server)', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis({
      confFile: join(EXAMPLES, 'redis.conf'),
      settings: ['--aclfile', join(EXAMPLES, 'users.acl')],
      admin: ADMIN,
    });
  });
  afterAll(() => server.stop());

  const urlOf = (user: User) => `redis://${user}:change-me-${user}@127.0.0.1:${server.port}`;

  /** As on an emptied server with the functions loaded. */
  async function fresh(): Promise<void> {
    await server.admin.flushall();
    await server.admin.acl('LOG', 'RESET');
    await initRedis(urlOf('ops'));
  }

  it('loads the functions as ops only, and says how', async () => {
    await server.admin.function('FLUSH');
    await expect(openRedisStore(urlOf('risk'))).rejects.toMatchObject({
      code: 'CONFIG',
      message: `The functions of this tradekit are not in the Redis at "redis://risk:***@127.0.0.1:${server.port}".`,
      hint: expect.stringContaining('tradekit redis init --redis'),
    });
    expect(await initRedis(urlOf('ops'))).toMatchObject({ isNew: true });
    expect(await initRedis(urlOf('ops'))).toMatchObject({ isNew: false });
  });

  it.each(STAGE_NAMES)('%s does all that it has to do', async (service) => {
    await fresh();
    await server.admin.set('POS:OLD', 'x');
    await using store = await openRedisStore(urlOf(service));
    const { epoch } = await start(store, service);
    expect(await store.commit({ ...wholeCommit(service, 1), epoch })).toBe('ok');
    const seen = (await readAll(store)).map(({ channel }) => CHANNEL_WRITERS[channel]);
    expect(new Set(seen)).toEqual(new Set([service]));
    expect(await store.key('TG:KILL')).toBeUndefined();
    expect(await store.key('POS:SBIN')).toEqual(service === 'exec' ? { qty: '100' } : undefined);
    expect(await store.heartbeat(service, epoch)).toBe('ok');
    const marks = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    expect(await nextMarks(marks)).toMatchObject({ [service]: endOfInstant(1) });
    const requires = { absent: 'TG:KILL' } as const;
    expect(await store.commit({ ...wholeCommit(service, 2), epoch, requires })).toBe('ok');
    expect(await nextMarks(marks)).toMatchObject({ [service]: endOfInstant(2) });
    await store.leave(service, epoch);
    expect(await start(store, service)).toMatchObject({ epoch: epoch + 1 });
    if (service === 'screen') await store.publishTick('{}');
    expect(await server.admin.acl('LOG')).toEqual([]);
  });

  it.each(['log', 'dash'] as const)('%s reads all of it', async (user) => {
    await fresh();
    await using exec = await openRedisStore(urlOf('exec'));
    await start(exec, 'exec');
    await using reader = await openRedisReader(urlOf(user));
    const marks = reader.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await nextMarks(marks);
    await exec.commit(wholeCommit('exec', 1));
    expect(await nextMarks(marks)).toMatchObject({ exec: endOfInstant(1) });
    expect(await readAll(reader)).toHaveLength(4);
    expect(await reader.key('POS:SBIN')).toEqual({ qty: '100' });
    expect(await reader.run()).toMatchObject({ id: 'july' });
    const plain = await client(user);
    await plain.subscribe(...CHANNELS, 'MARKET.TICK');
    plain.disconnect();
    expect(await server.admin.acl('LOG')).toEqual([]);
  });

  it('dash stops entries, and cannot let them go on; ops can', async () => {
    await fresh();
    await using dash = await openRedisStore(urlOf('dash'));
    await dash.halt('from the dashboard');
    await dash.halt('twice');
    await expect(dash.resume()).rejects.toMatchObject({
      code: 'CONFIG',
      message: expect.stringMatching(/may not/),
    });
    await using exec = await openRedisStore(urlOf('exec'));
    await start(exec, 'exec');
    const entry = { ...wholeCommit('exec', 1), requires: { absent: 'TG:KILL' } } as const;
    expect(await exec.commit(entry)).toBe('refused');
    await expect(exec.resume()).rejects.toMatchObject({ code: 'CONFIG' });
    expect(await dash.key('TG:KILL')).toBe('from the dashboard');
    await using ops = await openRedisStore(urlOf('ops'));
    await ops.resume();
    expect(await exec.commit(entry)).toBe('ok');
  });

  it('no service does the work of another, not even by our functions', async () => {
    await fresh();
    await using ops = await openRedisStore(urlOf('ops'));
    for (const service of STAGE_NAMES) await start(ops, service);
    const before = await everything();
    for (const user of [...STAGE_NAMES, 'dash'] as const) {
      await using store = await openRedisStore(urlOf(user));
      for (const service of STAGE_NAMES.filter((name) => name !== user)) {
        const refused = { code: 'CONFIG', message: expect.stringMatching(/may not/) };
        await expect(start(store, service, true), `${user} starts ${service}`).rejects.toMatchObject(refused);
        await expect(store.commit(wholeCommit(service, 1)), `${user} as ${service}`).rejects.toMatchObject(
          refused,
        );
        await expect(store.heartbeat(service, 1)).rejects.toMatchObject(refused);
        await expect(store.leave(service, 1)).rejects.toMatchObject(refused);
      }
    }
    expect(await everything()).toEqual(before);
  });

  it('a commit of which one part is forbidden leaves nothing behind', async () => {
    await fresh();
    await using store = await openRedisStore(urlOf('mse'));
    await start(store, 'mse');
    const before = await everything();
    const writes: readonly KeyWrite[] = [{ key: 'POS:SBIN', value: { qty: '1' } }];
    await expect(store.commit({ ...wholeCommit('mse', 1), writes })).rejects.toMatchObject({
      code: 'CONFIG',
      message: `The user of Redis at "redis://mse:***@127.0.0.1:${server.port}" may not DEL POS:SBIN.`,
    });
    expect(await everything()).toEqual(before);
  });

  it('forbids what nobody but ops may do, and what is another one’s', async () => {
    await fresh();
    await server.admin.mset('TG:KILL', 'test', 'POS:SBIN', '1', 'TG:LOCK:SBIN', '1', 'other', '1');
    const before = await everything();
    const heard: string[] = [];
    const listener = await client('ops');
    await listener.psubscribe('*');
    listener.on('pmessage', (...message) => heard.push(message.join(' ')));
    for (const [user, lines] of Object.entries(FORBIDDEN)) {
      const attacker = await client(user as User); // a key of the table
      for (const line of [...lines, ...FOR_ALL]) {
        const [command = '', ...args] = line.split(' ');
        await expect(attacker.call(command, ...args), `${user}: ${line}`).rejects.toThrow(/^NOPERM/);
      }
      attacker.disconnect();
    }
    await server.admin.publish('end', 'end');
    await expect.poll(() => heard.at(-1)).toBe('* end end');
    expect(heard).toHaveLength(1);
    listener.disconnect();
    expect(await everything()).toEqual(before);
  });

  it('lets nobody in without a name', async () => {
    const url = `redis://127.0.0.1:${server.port}`;
    await expect(openRedisStore(url)).rejects.toMatchObject({
      code: 'CONFIG',
      message: `Redis at "${url}" wants a password.`,
    });
  });

  async function client(user: User): Promise<Redis> {
    const redis = new Redis(urlOf(user), {
      lazyConnect: true,
      enableReadyCheck: false,
      disableClientInfo: true,
    });
    await redis.connect();
    return redis;
  }

  /** Every key with its value, as one comparable text. */
  async function everything(): Promise<readonly string[]> {
    const keys = (await server.admin.keys('*')).toSorted();
    return Promise.all(
      keys.map(
        async (key) =>
          `${key} ${(await server.admin.dumpBuffer(key))?.toString('hex')} ${await server.admin.ttl(key)}`,
      ),
    );
  }
});

const FOR_ALL: readonly string[] = [
  ...[
    'EVAL while(1)do;end 0',
    'SCRIPT LOAD x',
    'FUNCTION LOAD x',
    'FUNCTION FLUSH',
    'FUNCTION DELETE tradekit',
  ],
  ...['FLUSHALL', 'FLUSHDB', 'CONFIG GET *', 'CONFIG SET appendonly no', 'ACL LIST', 'ACL SETUSER dash on'],
  ...[
    'KEYS *',
    'SCAN 0',

    'SHUTDOWN',
    'REPLICAOF 127.0.0.1 1',
    'CLIENT KILL TYPE normal',
    'MONITOR',
  ],
  ...['SET other 2', 'GET other', 'DEL TG:KILL', 'SET TG:KILL x', 'EXPIRE TG:KILL 1', 'RENAME TG:KILL x'],
  ...['XTRIM tk:MARKET.CANDLE MAXLEN 0', 'XDEL tk:MARKET.CANDLE 1-0', 'DEL tk:MARKET.CANDLE', 'DEL tk:run'],
  ...[
    'HSET tk:run config x',
    'SET tk:run x',
    'XADD MARKET.TICK 1-0 event x',
    'PUBLISH other x',
    'SUBSCRIBE other',
  ],
  'PSUBSCRIBE *',
];

const FORBIDDEN: Readonly<Record<(typeof USERS)[number], readonly string[]>> = {
  screen: [
    ...['HSET POS:SBIN qty 1', 'SET TG:LOCK:SBIN 1', 'DEL TG:LOCK:SBIN', 'SETNX TG:KILL x'],
    ...['XADD tk:SIGNALS.MSE_OUTPUT 1-0 event x', 'XADD tk:SIGNALS.RISK_VALIDATED 1-0 event x'],
    ...['PUBLISH SIGNALS.RISK_VALIDATED x', 'PUBLISH EXECUTION.ORDER_FILLED x'],
    ...['SET tk:done:mse 9-9', 'HSET tk:service:exec epoch 9', 'HINCRBY tk:service:risk epoch 1'],
    'PUBLISH tk:moved:exec 9-9',
  ],
  mse: [
    ...['HSET POS:SBIN qty 1', 'DEL POS:SBIN', 'SET TG:LOCK:SBIN 1', 'SETNX TG:KILL x'],
    ...['XADD tk:SIGNALS.RISK_VALIDATED 1-0 event x', 'XADD tk:MARKET.CANDLE 1-0 event x'],
    ...['PUBLISH SIGNALS.RISK_VALIDATED x', 'PUBLISH MARKET.TICK x', 'SET tk:done:risk 9-9'],
    'PUBLISH tk:moved:screen 9-9',
  ],
  risk: [
    ...['HSET POS:SBIN qty 1', 'DEL POS:SBIN', 'SETNX TG:KILL x', 'SET tk:done:exec 9-9'],
    ...['XADD tk:EXECUTION.ORDER_PLACED 1-0 event x', 'XADD tk:SIGNALS.MSE_OUTPUT 1-0 event x'],
    ...['PUBLISH EXECUTION.ORDER_PLACED x', 'PUBLISH SIGNALS.POTENTIAL x'],
    'PUBLISH tk:moved:exec 9-9',
  ],
  exec: [
    ...['SETNX TG:KILL x', 'SET tk:done:risk 9-9', 'HSET tk:service:risk epoch 9'],
    ...['XADD tk:SIGNALS.RISK_VALIDATED 1-0 event x', 'PUBLISH SIGNALS.RISK_VALIDATED x'],
    'PUBLISH tk:moved:risk 9-9',
  ],
  log: [
    ...[
      'HSET POS:SBIN qty 1',
      'SETNX TG:KILL x',
      'SET tk:done:risk 9-9',
      'FCALL tradekit 0',
      'FCALL_RO tradekit 0',
    ],
    ...[
      'XADD tk:SIGNALS.RISK_VALIDATED 1-0 event x',
      'PUBLISH SIGNALS.RISK_VALIDATED x',
      'PUBLISH tk:moved:screen x',
    ],
  ],
  dash: [
    ...['HSET POS:SBIN qty 1', 'DEL POS:SBIN', 'SET TG:LOCK:SBIN 1', 'SET tk:done:risk 9-9'],
    ...['XADD tk:SIGNALS.RISK_VALIDATED 1-0 event x', 'XADD tk:SIGNALS.POTENTIAL 1-0 event x'],
    ...['PUBLISH SIGNALS.RISK_VALIDATED x', 'PUBLISH MARKET.TICK x', 'PUBLISH tk:moved:screen x'],
    ...[
      'SET TG:KILL x EX 1',
      'SET TG:KILL x NX',
      'GETDEL TG:KILL',
      'PEXPIRE TG:KILL 1',
      'HSET tk:service:risk epoch 9',
    ],
  ],
};
