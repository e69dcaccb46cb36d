import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import { TradekitError } from '../../../../src/core/domain/error.ts';
import type { HeartbeatAges, Store } from '../../../../src/core/ports/store.ts';
import { keepBeating, untilSilent } from '../../../../src/core/services/pipeline/heartbeats.ts';
import { RUN } from '../../../contracts/store/opened.ts';
import { createFakeClock, settle } from '../fake-clock.ts';

async function startedAt(clock: { now(): number }) {
  const store = createMemoryStore({ now: clock.now });
  const tenures = await store.start({ run: RUN, services: ['screen', 'exec'] });
  return { store, tenures };
}

async function ages(store: Store): Promise<HeartbeatAges> {
  return store.heartbeatAges();
}

describe('the heartbeat of services', () => {
  it('is heard every five seconds, of each of them', async () => {
    const clock = createFakeClock();
    const { store, tenures } = await startedAt(clock);
    void keepBeating(store, tenures, clock, new AbortController().signal);
    await clock.pass(4999);
    expect(await ages(store)).toMatchObject({ screen: 4999, exec: 4999, mse: undefined });
    await clock.pass(1);
    expect(await ages(store)).toMatchObject({ screen: 0, exec: 0 });
    await clock.pass(12_000);
    expect(await ages(store)).toMatchObject({ screen: 2000, exec: 2000 });
  });

  it('says at the end that they have left, so that the next start need not wait', async () => {
    const clock = createFakeClock();
    const { store, tenures } = await startedAt(clock);
    const stop = new AbortController();
    const beating = keepBeating(store, tenures, clock, stop.signal);
    await clock.pass(7000);
    stop.abort();
    await beating;
    expect(await ages(store)).toMatchObject({ screen: undefined, exec: undefined });
    await store.start({ run: RUN, services: ['screen', 'exec'] });
  });

  it('does not say of a copy that took over that it has left', async () => {
    const clock = createFakeClock();
    const { store, tenures } = await startedAt(clock);
    const stop = new AbortController();
    const beating = keepBeating(store, tenures, clock, stop.signal);
    await settle();
    await store.start({ run: RUN, services: ['screen', 'exec'], takeOver: true });
    stop.abort();
    await beating;
    expect(await ages(store)).toMatchObject({ screen: 0, exec: 0 });
  });

  it('goes on where the store is away, and ends all the same', async () => {
    const clock = createFakeClock();
    const { store, tenures } = await startedAt(clock);
    let isAway = true;
    const away = new TradekitError('CONNECTION', 'Nobody answers.');
    const flaky: Store = {
      ...store,
      heartbeat: (...of) => (isAway ? Promise.reject(away) : store.heartbeat(...of)),
      leave: () => Promise.reject(away),
    };
    const stop = new AbortController();
    const beating = keepBeating(flaky, tenures, clock, stop.signal);
    await clock.pass(11_000);
    expect(await ages(store)).toMatchObject({ screen: 11_000 });
    isAway = false;
    await clock.pass(4000);
    expect(await ages(store)).toMatchObject({ screen: 0 });
    stop.abort();
    await expect(beating).resolves.toBeUndefined();
  });
});

describe('waiting until nobody is heard', () => {
  function wait(store: Store, clock: ReturnType<typeof createFakeClock>, stop = new AbortController()) {
    const waits: number[] = [];
    let over = false;
    const waiting = untilSilent(store, clock, stop.signal, (ms) => waits.push(ms)).then(() => {
      over = true;
    });
    return { waits, waiting, isOver: () => over };
  }

  it.each([
    ['nobody ever started', async () => createMemoryStore()],
    [
      'everybody has left',
      async () => {
        const { store, tenures } = await startedAt({ now: () => 0 });
        for (const name of ['screen', 'exec'] as const) await store.leave(name, tenures[name].epoch);
        return store;
      },
    ],
  ])('takes no time where %s', async (_, open) => {
    const clock = createFakeClock();
    const { waits, waiting } = wait(await open(), clock);
    await waiting;
    expect([waits, clock.slept]).toEqual([[], []]);
  });

  it('takes as long as a start asks after one that was killed, and says so once', async () => {
    const clock = createFakeClock();
    const { store } = await startedAt(clock);
    await clock.pass(4000);
    const { waits, isOver } = wait(store, clock);
    await clock.pass(10_900);
    expect([waits, isOver()]).toEqual([[11_000], false]);
    await clock.pass(200);
    expect(isOver()).toBe(true);
    await store.start({ run: RUN, services: ['screen', 'exec'] });
  });

  it('ends as soon as one is heard again: it lives, and the start will say so', async () => {
    const clock = createFakeClock();
    const { store, tenures } = await startedAt(clock);
    void keepBeating(store, tenures, clock, new AbortController().signal);
    await clock.pass(2000);
    const { isOver } = wait(store, clock);
    await clock.pass(2500);
    expect(isOver()).toBe(false);
    await clock.pass(2000);
    expect(isOver()).toBe(true);
    await expect(store.start({ run: RUN, services: ['screen'] })).rejects.toThrow('screen already runs');
  });

  it('ends when told to', async () => {
    const clock = createFakeClock();
    const { store } = await startedAt(clock);
    const stop = new AbortController();
    const { waiting } = wait(store, clock, stop);
    await clock.pass(1500);
    stop.abort();
    await waiting;
  });
});
