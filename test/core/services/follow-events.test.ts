import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { BEFORE_ALL, endOfInstant, endOfRank } from '../../../src/core/domain/events/position.ts';
import { type DoneMarks, READ_MAX, type Store } from '../../../src/core/ports/store.ts';
import { followEvents, settledUpTo } from '../../../src/core/services/follow-events.ts';
import { commitOf, event, at as place, startAll } from '../../contracts/store/opened.ts';
import { openStoreWriter, recordedRun } from '../../recorded-run.ts';
import { settle } from './fake-clock.ts';

const MARKS: DoneMarks = {
  screen: endOfInstant(5),
  mse: endOfInstant(4),
  risk: endOfInstant(3),
  exec: endOfRank(3, 1),
};

/** A store in which all services are done with so many candles, one an instant. */
async function storeWith(count: number): Promise<Store> {
  const store = createMemoryStore();
  await startAll(store);
  await moveTo(store, 0, count);
  return store;
}

async function moveTo(store: Store, from: number, to: number): Promise<void> {
  const span = { from: from === 0 ? BEFORE_ALL : endOfInstant(from), to: endOfInstant(to) };
  const candles = Array.from({ length: to - from }, (_, i) => event(place(from + 1 + i)));
  await store.commit(commitOf({ ...span, appends: candles }));
  for (const service of ['mse', 'risk', 'exec'] as const)
    await store.commit(commitOf({ ...span, service, appends: [] }));
}

describe('what is settled', () => {
  it('is what the slowest of the four has done', () => {
    expect(settledUpTo(MARKS)).toEqual(endOfRank(3, 1));
    expect(settledUpTo({ ...MARKS, mse: endOfInstant(2) })).toEqual(endOfInstant(2));
    expect(settledUpTo({ ...MARKS, risk: BEFORE_ALL })).toEqual(BEFORE_ALL);
  });
});

describe('following the events of a run', () => {
  it('gives what is there, then what comes, in order and once', async () => {
    const store = await storeWith(3);
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const events of followEvents(store, BEFORE_ALL, stop.signal)) {
      seen.push(...events.map(({ position }) => position.n));
      if (seen.length === 3) await moveTo(store, 3, 6);
      if (seen.length === 6) stop.abort();
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives nothing that is not settled yet', async () => {
    const store = await storeWith(2);
    const more = commitOf({ from: endOfInstant(2), to: endOfInstant(3), appends: [event(place(3))] });
    await store.commit(more);
    const stop = new AbortController();
    const following = followEvents(store, BEFORE_ALL, stop.signal);
    expect((await following.next()).value).toHaveLength(2);
    const next = following.next();
    await settle();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('begins after a position', async () => {
    const store = await storeWith(5);
    const stop = new AbortController();
    const { value } = await followEvents(store, place(3), stop.signal).next();
    expect(value?.map(({ position }) => position.n)).toEqual([4, 5]);
  });

  it('gives more than one read holds, without the instant at which a full read may have ended', async () => {
    const store = await storeWith(READ_MAX + 5);
    const sizes: number[] = [];
    const stop = new AbortController();
    for await (const events of followEvents(store, BEFORE_ALL, stop.signal)) {
      sizes.push(events.length);
      if (sizes.length === 2) stop.abort();
    }
    // A full read may end inside its last instant: that one comes whole with the next.
    expect(sizes).toEqual([READ_MAX - 1, 6]);
  });

  it('cuts no instant in two', async () => {
    const events = await recordedRun();
    await using store = createMemoryStore();
    await (await openStoreWriter(store, events)).write();
    const batches = [];
    for await (const batch of followEvents(store, BEFORE_ALL, AbortSignal.abort())) batches.push(batch);
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flat().map(({ line }) => line)).toEqual(events.map(({ line }) => line));
    for (const [i, batch] of batches.entries())
      expect(batch[0]?.position.n).not.toBe(batches[i - 1]?.at(-1)?.position.n);
  });

  it('gives what came last, also where it is told to end at that moment', async () => {
    const store = await storeWith(4);
    const seen: number[] = [];
    for await (const events of followEvents(store, BEFORE_ALL, AbortSignal.abort()))
      seen.push(...events.map(({ position }) => position.n));
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});
