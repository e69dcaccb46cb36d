import { on, once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRedisStore } from '../../../../src/core/adapters/store/redis.ts';
import { redisLibrary } from '../../../../src/core/adapters/store/redis-library.ts';
import { openRedisReader } from '../../../../src/core/adapters/store/redis-reader.ts';
import { CHANNELS, type Channel } from '../../../../src/core/domain/events/channels.ts';
import {
  BEFORE_ALL,
  endOfInstant,
  endOfRank,
  formatPosition,
} from '../../../../src/core/domain/events/position.ts';
import { changedLibrary } from '../../../contracts/broken/changed-library.ts';
import { openRedis } from '../../../contracts/store/open-redis.ts';
import {
  at,
  commitOf,
  event,
  instant,
  nextMarks,
  placesIn,
  RUN,
  start,
  startAll,
} from '../../../contracts/store/opened.ts';
import { storeContract } from '../../../contracts/store.contract.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';

const SKIPPED = !HAS_REDIS;
let server: RedisServer;

beforeAll(async () => {
  if (!SKIPPED) server = await startRedis();
});
afterAll(() => server?.stop());

/** What a subscriber that knows nothing of tradekit hears, in the order in which it hears it. */
async function subscribe(...channels: readonly string[]) {
  const client = new Redis(server.url, { protocol: 2 });
  await client.subscribe(...channels);
  const messages = on(client, 'message');
  return {
    async hear(count: number): Promise<readonly string[]> {
      const heard: string[] = [];
      for await (const [channel, line] of messages) {
        heard.push(`${channel} ${line}`);
        if (heard.length === count) break;
      }
      return heard;
    },
    async [Symbol.asyncDispose]() {
      client.disconnect();
      await once(client, 'end');
    },
  };
}

describe.skipIf(SKIPPED)('a store in Redis (needs redis-server)', () => {
  storeContract('the Redis store', () => openRedis(server));
});

describe.skipIf(SKIPPED)('what a store in Redis shows to others (needs redis-server)', () => {
  beforeEach(async () => void (await server.admin.flushall()));

  /** Each channel's first event of one instant, by the service that writes it. */
  const FIRST: readonly (readonly [Channel, rank: number, i: number])[] = [
    ['MARKET.CANDLE', 0, 0],
    ['EXECUTION.ORDER_FILLED', 1, 0],
    ['EXECUTION.POSITION_CLOSED', 1, 1],
    ['SIGNALS.POTENTIAL', 2, 0],
    ['SIGNALS.MSE_OUTPUT', 3, 0],
    ['SIGNALS.RISK_VALIDATED', 4, 0],
    ['SIGNALS.RISK_REJECTED', 4, 1],
    ['EXECUTION.ORDER_PLACED', 5, 0],
    ['EXECUTION.ORDER_CANCELLED', 5, 1],
  ];
  const line = (channel: Channel) => `{"channel":"${channel}","note":"₹ \\"5\\" – 100 %"}`;
  const appendsAt = (...ranks: readonly number[]) =>
    FIRST.filter(([, rank]) => ranks.includes(rank)).map(([channel, rank, i]) => ({
      position: at(1, rank, i),
      channel,
      line: line(channel),
    }));

  it('plain SUBSCRIBE hears each event of each channel, the very bytes that the stream holds', async () => {
    await using store = await openRedisStore(server.url);
    await using plain = await subscribe(...CHANNELS);
    await startAll(store);
    const to = endOfInstant(1);
    await store.commit(commitOf({ to, appends: appendsAt(0, 2) }));
    await store.commit(commitOf({ service: 'mse', to, appends: appendsAt(3) }));
    await store.commit(commitOf({ service: 'risk', to, appends: appendsAt(4) }));
    await store.commit(commitOf({ service: 'exec', to, appends: appendsAt(1, 5) }));
    const heard = await plain.hear(CHANNELS.length);
    expect(heard.toSorted()).toEqual(CHANNELS.map((channel) => `${channel} ${line(channel)}`).toSorted());
    for (const [channel, rank, i] of FIRST) {
      expect(await server.admin.xrange(`tk:${channel}`, '-', '+')).toEqual([
        [formatPosition(at(1, rank, i)), ['event', line(channel), 'at', expect.stringMatching(/^\d{13}$/)]],
      ]);
    }
  });

  it('keeps POS, TG:LOCK and TG:KILL under their plain names, and the rest under its prefix', async () => {
    await using store = await openRedisStore(server.url, { prefix: 'july:' });
    await startAll(store);
    const writes = [
      { key: 'POS:SBIN', value: { qty: '100' } },
      { key: 'TG:LOCK:SBIN', value: '2015-07-06' },
    ] as const;
    await store.commit(commitOf({ service: 'exec', to: endOfRank(1, 1), appends: [], writes }));
    await store.commit(instant(1));
    await store.halt('enough');
    expect((await server.admin.keys('*')).toSorted()).toEqual(
      [
        ...['POS:SBIN', 'TG:KILL', 'TG:LOCK:SBIN'],
        ...['july:MARKET.CANDLE', 'july:done:exec', 'july:done:screen', 'july:run'],
        ...['july:service:exec', 'july:service:mse', 'july:service:risk', 'july:service:screen'],
      ].toSorted(),
    );
    expect(await server.admin.hgetall('POS:SBIN')).toEqual({ qty: '100' });
    expect(await server.admin.get('TG:KILL')).toBe('enough');
    await using elsewhere = await openRedisReader(server.url);
    expect(await placesIn(elsewhere)).toEqual([]);
    expect(await placesIn(store)).toEqual(['1.0.0']);
  });

  it('stamps events with the wall clock of the server', async () => {
    await using store = await openRedisStore(server.url);
    await start(store, 'screen');
    const before = await serverTime();
    await store.commit(instant(1));
    const [found] = await store.read({ after: BEFORE_ALL, upTo: endOfInstant(1) });
    expect(found?.recordedAt).toBeGreaterThanOrEqual(before);
    expect(found?.recordedAt).toBeLessThanOrEqual(await serverTime());
  });

  async function serverTime(): Promise<number> {
    const [seconds, micros] = (await server.admin.time()) as readonly number[];
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }

  it('wakes who watches: a round trip takes far less than the poll', async () => {
    await using store = await openRedisStore(server.url);
    await using reader = await openRedisReader(server.url);
    await start(store, 'screen');
    const marks = reader.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await nextMarks(marks);
    const began = performance.now();
    for (let n = 1; n <= 20; n += 1) {
      const woken = nextMarks(marks);
      await store.commit(instant(n));
      expect(await woken).toMatchObject({ screen: endOfInstant(n) });
    }
    expect(performance.now() - began, '20 polls would take 2 s').toBeLessThan(1000);
  });

  it('asks nothing in a hop: what a service waits for, reads and has committed itself it has heard', async () => {
    await using feeding = await openRedisStore(server.url);
    await using store = await openRedisStore(server.url);
    await startAll(feeding);
    const marks = store.watch(new AbortController().signal, ['mse'])[Symbol.asyncIterator]();
    await nextMarks(marks);
    const hop = async (n: number) => {
      const woken = nextMarks(marks);
      await feeding.commit(instant(n));
      await feeding.commit(instant(n, { service: 'mse', appends: [event(at(n, 3), 'SIGNALS.MSE_OUTPUT')] }));
      const told = await woken;
      const channels = ['MARKET.CANDLE', 'SIGNALS.MSE_OUTPUT'] as const;
      const events = await store.read({ after: endOfInstant(n - 1), upTo: endOfInstant(n), channels });
      expect(events.map(({ channel }) => channel)).toEqual(channels);
      await store.commit(instant(n, { service: 'risk', appends: [] }));
      return told;
    };
    await hop(1); // from here on it hears the screen, too
    await server.admin.config('RESETSTAT');
    const began = performance.now();
    for (let n = 2; n <= 40; n += 1) {
      // Its own mark is seen at the next hop where it is, so that nobody takes the run for lost and asks.
      expect(await hop(n)).toMatchObject({ mse: endOfInstant(n), risk: endOfInstant(n - 1) });
    }
    const polls = Math.ceil((performance.now() - began) / 100);
    expect(await callsOf('mget'), 'asked for the marks').toBeLessThanOrEqual(polls);
    expect(await callsOf('xrange'), 'asked for events').toBe(0);
  });

  /** How often clients called the command since the last CONFIG RESETSTAT; the functions do not call these two. */
  async function callsOf(command: 'mget' | 'xrange'): Promise<number> {
    const stats = await server.admin.info('commandstats');
    return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
  }

  it('sees a mark whose wake-up was lost', async () => {
    await using store = await openRedisStore(server.url);
    await start(store, 'screen');
    const marks = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await nextMarks(marks);
    const waiting = nextMarks(marks);
    await store.done(); // on the same connection, so the watch has looked and now waits
    await server.admin.set('tk:done:screen', formatPosition(endOfInstant(3)));
    expect(await waiting).toMatchObject({ screen: endOfInstant(3) });
  });

  it('shows ticks to those who listen, and stores none', async () => {
    await using store = await openRedisStore(server.url);
    await using plain = await subscribe('MARKET.TICK');
    await store.publishTick('{"price":1}');
    expect(await plain.hear(1)).toEqual(['MARKET.TICK {"price":1}']);
    expect(await server.admin.dbsize()).toBe(0);
  });

  it('serves two versions of the program beside each other', async () => {
    await using ours = await openRedisStore(server.url);
    const other = changedLibrary('local function now()', '-- another version\nlocal function now()');
    expect(other.name).not.toBe(redisLibrary().name);
    await using theirs = await openRedisStore(server.url, {}, other);
    await start(ours, 'screen');
    await start(theirs, 'mse');
    expect(await ours.commit(instant(1))).toBe('ok');
    expect(
      await theirs.commit(instant(1, { service: 'mse', appends: [event(at(1, 3), 'SIGNALS.MSE_OUTPUT')] })),
    ).toBe('ok');
    expect(await ours.commit(instant(2))).toBe('ok');
    const libraries = (await server.admin.function('LIST')) as readonly (readonly unknown[])[];
    expect(libraries.map(([, name]) => name)).toEqual(
      expect.arrayContaining([redisLibrary().name, other.name]),
    );
  });

  it('refuses a store that another version laid out', async () => {
    await using store = await openRedisStore(server.url);
    await start(store, 'screen');
    await server.admin.hset('tk:run', 'form', '2');
    const refused = {
      code: 'CONFIG',
      message: expect.stringContaining('has the form 2; this tradekit knows 1'),
    };
    await expect(store.start({ run: RUN, services: ['mse'] })).rejects.toMatchObject(refused);
    await expect(store.run()).rejects.toMatchObject(refused);
  });
});
