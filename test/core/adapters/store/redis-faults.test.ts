import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRedisStore } from '../../../../src/core/adapters/store/redis.ts';
import type { RedisConnectOptions } from '../../../../src/core/adapters/store/redis-connection.ts';
import { TradekitError } from '../../../../src/core/domain/error.ts';
import { endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { Store } from '../../../../src/core/ports/store.ts';
import { doneOf, instant, placesIn, start } from '../../../contracts/store/opened.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';
import { startProxy, type TcpProxy } from '../../../tcp-proxy.ts';

/** For the cases that wait for it. */
const QUICK: RedisConnectOptions = { timeoutMs: 300 };

/** As a service does: the same call again until the connection is back. */
async function insist<Value>(call: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof TradekitError && error.code === 'CONNECTION')) throw error;
      await pause(10);
    }
  }
}

let server: RedisServer;
let opened: AsyncDisposable[] = [];

afterEach(async () => {
  try {
    for (const handle of opened) await handle[Symbol.asyncDispose]();
  } finally {
    opened = [];
    await server?.stop();
  }
});

async function open(url = server.url, options: RedisConnectOptions = {}): Promise<Store> {
  const store = await openRedisStore(url, options);
  opened.push(store);
  return store;
}

describe.skipIf(!HAS_REDIS)('a store in Redis, when things go wrong (needs redis-server)', () => {
  let proxy: TcpProxy;
  beforeEach(async () => {
    server = await startRedis();
    proxy = await startProxy(server.port);
  });
  afterEach(() => proxy.close());

  it('knows the resend of each commit whose reply was lost', async () => {
    const store = await open(`redis://127.0.0.1:${proxy.port}`);
    await start(store, 'screen');
    for (let n = 1; n <= 15; n += 1) {
      const commit = instant(n);
      proxy.loseNextReply();
      await expect(store.commit(commit)).rejects.toMatchObject({ code: 'CONNECTION' });
      expect(await insist(() => store.commit(commit))).toBe('already');
    }
    expect(await insist(() => placesIn(store))).toEqual(places(15));
  });

  it('gives up a call to a frozen server in time, and works when it goes on', async () => {
    const store = await open(server.url, QUICK);
    await start(store, 'screen');
    const commit = instant(1);
    server.pause();
    const asked = performance.now();
    for (const call of [store.commit(commit), store.done()]) {
      await expect(call).rejects.toMatchObject({
        code: 'CONNECTION',
        message: `Redis did not answer at "${server.url}": no reply in time.`,
      });
    }
    expect(performance.now() - asked).toBeLessThan(2000);
    server.goOn();
    // The frozen server held the first attempt in its hands, and may have done it.
    expect(['ok', 'already']).toContain(await insist(() => store.commit(commit)));
    expect(await insist(() => placesIn(store))).toEqual(places(1));
  });

  it('leaves a link that is only half there, for a new one', async () => {
    const store = await open(`redis://127.0.0.1:${proxy.port}`, QUICK);
    await start(store, 'screen');
    proxy.freeze();
    await expect(store.done()).rejects.toMatchObject({ code: 'CONNECTION' });
    await expect(store.commit(instant(1))).rejects.toMatchObject({ code: 'CONNECTION' });
    const commit = instant(1);
    expect(await insist(() => store.commit(commit))).toBe('ok');
    expect(await insist(() => doneOf(store))).toEqual(endOfInstant(1));
  });

  it('refuses at once, while the server is away, what it could only send later', async () => {
    const store = await open();
    await start(store, 'screen');
    await server.crash();
    await expect(store.commit(instant(1))).rejects.toMatchObject({ code: 'CONNECTION' });
    const began = performance.now();
    for (let call = 1; call <= 8; call += 1) {
      await expect(store.commit(instant(1))).rejects.toMatchObject({
        message: `Redis did not answer at "${server.url}": the connection is lost.`,
      });
    }
    expect(performance.now() - began, 'none waits for a connection').toBeLessThan(500);
    await server.restart();
    expect(await insist(() => placesIn(store))).toEqual([]);
  });

  it('closes also while the server is away or frozen, and leaves nothing that runs on', async () => {
    const [first, second] = [await open(server.url, QUICK), await open(server.url, QUICK)];
    server.pause();
    for (const store of [first, second])
      await expect(store.done()).rejects.toMatchObject({ code: 'CONNECTION' });
    await first[Symbol.asyncDispose]();
    await server.crash();
    await expect(second.commit(instant(1))).rejects.toMatchObject({ code: 'CONNECTION' });
    await second[Symbol.asyncDispose]();
    await expect(second.commit(instant(1))).rejects.toMatchObject({ code: 'BUG' });
  });

  it('ends a watch quietly that is just asking when the store closes', async () => {
    const store = await open();
    const watch = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await watch.next();
    server.pause();
    const asking = watch.next();
    await store[Symbol.asyncDispose]();
    expect(await asking).toEqual({ done: true, value: undefined });
  });

  it('fences all after the server was wiped: nobody goes on with half a run', async () => {
    const store = await open();
    await start(store, 'screen');
    await store.commit(instant(1));
    await server.admin.flushall();
    expect(await store.commit(instant(2))).toBe('fenced');
    expect(await store.heartbeat('screen', 1)).toBe('fenced');
    expect(await store.run()).toBeUndefined();
    expect(await server.admin.dbsize()).toBe(0);
  });

  it('loads its functions again where they were flushed away', async () => {
    const store = await open();
    await start(store, 'screen');
    await server.admin.function('FLUSH');
    expect(await store.commit(instant(1))).toBe('ok');
  });

  it('writes nothing of a commit that memory has no room for', async () => {
    const store = await open();
    await start(store, 'screen');
    await server.admin.config('SET', 'maxmemory', '1');
    await expect(store.commit(instant(1))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: `Redis at "${server.url}" has no memory left and takes no writes.`,
    });
    await server.admin.config('SET', 'maxmemory', '0');
    expect(await placesIn(store)).toEqual([]);
    expect(await store.commit(instant(1))).toBe('ok');
  });

  it('says that a copy of another server takes no writes', async () => {
    const store = await open();
    await start(store, 'screen');
    await server.admin.replicaof('127.0.0.1', '1');
    await expect(store.commit(instant(1))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: `Redis at "${server.url}" is a read-only copy of another one.`,
    });
  });

  it('writes nothing of a commit where a stream ends behind it', async () => {
    const store = await open();
    await start(store, 'screen');
    await server.admin.xadd('tk:MARKET.CANDLE', '7-0', 'event', 'foreign', 'at', '0');
    await expect(store.commit(instant(1))).rejects.toMatchObject({
      code: 'DATA',
      message: expect.stringMatching(/"tk:MARKET\.CANDLE".*ends at 7-0, behind 1-0/),
    });
    expect(await server.admin.exists('tk:done:screen')).toBe(0);
    expect(await server.admin.xlen('tk:MARKET.CANDLE')).toBe(1);
  });
});

describe.skipIf(!HAS_REDIS)('a store in Redis, after kill -9 of the server (needs redis-server)', () => {
  async function startWithFile(fsync: string): Promise<void> {
    server = await startRedis({ settings: ['--appendonly', 'yes', '--appendfsync', fsync] });
  }

  /** Commits through four kills of the server, as a service does; gives how often it had to start again for what was lost. */
  async function commitThroughKills(store: Store): Promise<number> {
    let { epoch, done } = await start(store, 'screen');
    let [restarts, killed] = [0, 0];
    let crash: Promise<void> | undefined;
    while (done.n < 160) {
      if (done.n === 40 * killed + 20) {
        await crash;
        killed += 1;
        crash = server.crash().then(() => server.restart());
      }
      const commit = instant(done.n + 1, { epoch });
      const answer = await insist(() => store.commit(commit));
      if (answer === 'ok' || answer === 'already') {
        done = commit.to;
      } else {
        restarts += 1;
        ({ epoch, done } = await insist(() => start(store, 'screen', true)));
      }
    }
    await crash;
    expect(killed).toBe(4);
    return restarts;
  }

  it('holds all that was acknowledged, once, where each commit waits for the disk', async () => {
    await startWithFile('always');
    const store = await open();
    expect(await commitThroughKills(store)).toBe(0);
    expect(await insist(() => placesIn(store))).toEqual(places(160));
  });

  it('holds a whole beginning where the disk is a second behind, and a service goes on from there', async () => {
    await startWithFile('everysec');
    const store = await open();
    await commitThroughKills(store);
    expect(await insist(() => doneOf(store))).toEqual(endOfInstant(160));
    expect(await insist(() => placesIn(store))).toEqual(places(160));
  });

  it('tells the marks again after a loss: to one who watches anew', async () => {
    await startWithFile('always');
    const store = await open();
    await start(store, 'screen');
    const watch = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await watch.next();
    const waits = expect(watch.next()).rejects.toMatchObject({ code: 'CONNECTION' });
    await server.crash();
    await waits;
    await server.restart();
    const again = store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await insist(() => store.done());
    expect(await again.next()).toMatchObject({ done: false });
    const began = performance.now();
    for (let n = 1; n <= 20; n += 1) {
      const woken = again.next();
      const commit = instant(n);
      expect(['ok', 'already']).toContain(await insist(() => store.commit(commit)));
      expect(await woken).toMatchObject({ value: { screen: endOfInstant(n) } });
    }
    expect(performance.now() - began, 'woken, as 20 polls would take 2 s').toBeLessThan(1000);
  });
});

function places(n: number): readonly string[] {
  return Array.from({ length: n }, (_, index) => `${index + 1}.0.0`);
}
