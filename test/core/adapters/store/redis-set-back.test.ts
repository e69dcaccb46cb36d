import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRedisStore } from '../../../../src/core/adapters/store/redis.ts';
import { openRedisReader } from '../../../../src/core/adapters/store/redis-reader.ts';
import { BEFORE_ALL, endOfInstant } from '../../../../src/core/domain/events/position.ts';
import { at, commitOf, event, instant, nextMarks, RUN, startAll } from '../../../contracts/store/opened.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';

/** More events than a commit says of itself to those who listen: they ask for them. */
const MANY = 70;
const wide = (n: number) =>
  instant(n, { appends: Array.from({ length: MANY }, (_, i) => event(at(n, 0, i))) });

describe.skipIf(!HAS_REDIS)('a Redis that lost something (needs redis-server)', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(async () => void (await server.admin.flushall()));
  afterAll(() => server.stop());

  it('does not give nothing for a range whose events it no longer has, but gives them when they are back', async () => {
    await using store = await openRedisStore(server.url);
    await using reader = await openRedisReader(server.url);
    await startAll(store);
    await store.commit(instant(1));
    await server.admin.save();
    const marks = reader.watch(new AbortController().signal, ['screen'])[Symbol.asyncIterator]();
    await nextMarks(marks);
    const moved = nextMarks(marks);
    await store.commit(wide(2));
    expect(await moved).toMatchObject({ screen: endOfInstant(2) });
    await server.crash();
    await server.restart(); // as of the SAVE
    const range = { after: endOfInstant(1), upTo: endOfInstant(2) };
    await expect(eventually(() => reader.read(range))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: expect.stringContaining('came back without the last that screen had committed'),
    });
    await expect(reader.read(range)).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await reader.read({ after: BEFORE_ALL, upTo: endOfInstant(1) })).toHaveLength(1);
    expect(await eventually(() => store.commit(wide(2)))).toBe('ok');
    expect(await reader.read(range)).toHaveLength(MANY);
  });

  it('has nothing more of a run that was taken away, and says nothing of its marks again', async () => {
    await using store = await openRedisStore(server.url);
    await using reader = await openRedisReader(server.url);
    await startAll(store);
    const stop = new AbortController();
    const seen: number[] = [];
    const watching = (async () => {
      for await (const { screen, exec } of reader.watch(stop.signal)) seen.push(Math.max(screen.n, exec.n));
    })();
    for (let n = 1; n <= 5; n += 1) await store.commit(instant(n));
    await store.commit(commitOf({ service: 'exec', to: endOfInstant(5), appends: [] }));
    await expect.poll(() => seen.at(-1)).toBe(5);
    await using asked = await openRedisReader(server.url);
    await asked.done();
    await server.admin.flushall();
    expect(await asked.read({ after: BEFORE_ALL, upTo: endOfInstant(5) })).toEqual([]);
    await expect.poll(() => seen.at(-1)).toBe(0);
    expect(await reader.read({ after: BEFORE_ALL, upTo: endOfInstant(5) })).toEqual([]);
    const before = seen.length;
    await using other = await openRedisStore(server.url);
    await other.start({ run: { ...RUN, id: 'august' }, services: ['screen'] });
    for (let n = 1; n <= 3; n += 1) {
      await other.commit(instant(n));
      await expect.poll(() => seen.at(-1)).toBe(n);
    }
    await store.done(); // a turn for whatever else there is to hear
    stop.abort();
    await watching;
    expect(seen.slice(before)).toEqual([1, 2, 3]);
  });
});

/** Until the connection is back. */
async function eventually<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const isAway =
        error instanceof Error && /ECONNREFUSED|closed|writeable|not answer/i.test(error.message);
      if (!isAway || tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
