import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import { TradekitError } from '../../../../src/core/domain/error.ts';
import { endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { Commit, DoneMarks, Store } from '../../../../src/core/ports/store.ts';
import {
  createPatientReader,
  createPatientStore,
} from '../../../../src/core/services/pipeline/patient-store.ts';
import { commitOf, event, at as place, RUN, startAll } from '../../../contracts/store/opened.ts';
import { createFakeClock, createImpatientClock, settle } from '../fake-clock.ts';

function away(): TradekitError {
  return new TradekitError('CONNECTION', 'Redis did not answer.', { hint: 'Is it running?' });
}

/** A store that is away for so many calls, from now on. */
function awayFor(store: Store, calls: number, failure: () => unknown = away): Store {
  let left = calls;
  function check(): void {
    left -= 1;
    if (left >= 0) throw failure();
  }
  return {
    ...store,
    done: async () => {
      check();
      return store.done();
    },
    start: async (request) => {
      check();
      return store.start(request);
    },
    leave: async (...of) => {
      check();
      return store.leave(...of);
    },
  };
}

const FOR_EVER = Number.POSITIVE_INFINITY;

function patient(store: Store, { timeoutMs = 60_000, stop = new AbortController() } = {}) {
  const said: string[] = [];
  const clock = createImpatientClock();
  const say = (line: string): void => void said.push(line);
  return { store: createPatientStore(store, { clock, timeoutMs, signal: stop.signal, say }), said, clock };
}

describe('a patient store', () => {
  it('says nothing while all is well', async () => {
    const { store, said, clock } = patient(createMemoryStore());
    await store.done();
    expect([said, clock.slept]).toEqual([[], []]);
  });

  it('asks again until it is answered: one line when the store is away, one when it is back', async () => {
    const { store, said, clock } = patient(awayFor(createMemoryStore(), 12));
    expect((await store.done()).screen.n).toBe(0);
    expect(said).toEqual([
      'Redis did not answer. Trying again for 60 s.',
      'The store is back after 2.4 s: going on.',
    ]);
    expect(clock.slept).toEqual(Array(12).fill(200));
  });

  it('says so again when the store is away a second time, and has its whole patience then', async () => {
    const memory = createMemoryStore();
    let calls = 0;
    const flaky: Store = {
      ...memory,
      async done() {
        calls += 1;
        if (calls % 5 !== 0) throw away();
        return memory.done();
      },
    };
    const { store, said } = patient(flaky, { timeoutMs: 1000 });
    for (let times = 0; times < 3; times += 1) await store.done();
    expect(said.filter((line) => line.startsWith('Redis'))).toHaveLength(3);
    expect(said.filter((line) => line.startsWith('The store is back after 0.8 s'))).toHaveLength(3);
  });

  it('gives up after its timeout, with the next thing to try', async () => {
    const { store, said, clock } = patient(awayFor(createMemoryStore(), FOR_EVER), { timeoutMs: 3000 });
    await expect(store.done()).rejects.toMatchObject({
      code: 'CONNECTION',
      message: 'Redis did not answer. It was away for 3.0 s: giving up.',
      hint: 'Nothing is lost: start it again when the store is back. --store-timeout waits longer.',
      cause: { message: 'Redis did not answer.' },
    });
    expect(clock.now()).toBe(3000);
    expect(said).toEqual(['Redis did not answer. Trying again for 3.0 s.']);
  });

  it.each([
    ['of ours', () => new TradekitError('CONFIG', 'The store holds another run.')],
    ['of something else', () => new Error('no such thing')],
  ])('passes any other error at once: one %s', async (_, failure) => {
    const { store, said, clock } = patient(awayFor(createMemoryStore(), 1, failure));
    await expect(store.done()).rejects.toThrow(failure().message);
    expect([said, clock.slept]).toEqual([[], []]);
  });

  it('does not wait for a store that is away when it starts or leaves', async () => {
    const { store, clock } = patient(awayFor(createMemoryStore(), FOR_EVER));
    await expect(store.start({ run: RUN, services: ['screen'] })).rejects.toThrow('Redis did not answer.');
    await expect(store.leave('screen', 1)).rejects.toThrow('Redis did not answer.');
    expect(clock.slept).toEqual([]);
  });

  it('stops waiting when told to', async () => {
    const clock = createFakeClock();
    const stop = new AbortController();
    const store = createPatientStore(awayFor(createMemoryStore(), FOR_EVER), {
      clock,
      timeoutMs: 60_000,
      signal: stop.signal,
      say: () => {},
    });
    const call = store.done();
    const ended = expect(call).rejects.toThrow('Redis did not answer.');
    await clock.pass(1000);
    stop.abort();
    await ended;
    expect(clock.now()).toBe(1000);
  });
});

describe('a patient reader', () => {
  it('waits as a store does', async () => {
    const said: string[] = [];
    const reader = createPatientReader(awayFor(createMemoryStore(), 3), {
      clock: createImpatientClock(),
      timeoutMs: 1000,
      signal: new AbortController().signal,
      say: (line) => void said.push(line),
    });
    expect((await reader.done()).exec.n).toBe(0);
    expect(said).toHaveLength(2);
  });
});

describe('a commit through a patient store', () => {
  it('is sent again as it was, token included, so that a lost reply does nothing twice', async () => {
    const memory = createMemoryStore();
    await startAll(memory);
    const sent: (readonly Commit[])[] = [];
    const losesReplies: Store = {
      ...memory,
      async commit(...commits) {
        sent.push(commits);
        const answer = await memory.commit(...commits);
        if (sent.length < 4) throw away();
        return answer;
      },
    };
    const commit = commitOf();
    expect(await patient(losesReplies).store.commit(commit)).toBe('already');
    expect(sent).toHaveLength(4);
    for (const [again] of sent) expect(again).toBe(commit);
    expect(await memory.read({ after: place(0), upTo: endOfInstant(9) })).toHaveLength(1);
  });
});

describe('watching through a patient store', () => {
  function interrupted(store: Store, times: number): Store {
    let watches = 0;
    return {
      ...store,
      async *watch(signal) {
        watches += 1;
        for await (const marks of store.watch(signal)) {
          yield marks;
          if (watches <= times) throw away();
        }
      },
    };
  }

  it('goes on after a lost connection, from the marks as they are then', async () => {
    const memory = createMemoryStore();
    await startAll(memory);
    const stop = new AbortController();
    const { store, said } = patient(interrupted(memory, 2), { stop });
    const seen: DoneMarks[] = [];
    for await (const marks of store.watch(stop.signal)) {
      seen.push(marks);
      if (seen.length === 1) await memory.commit(commitOf({ appends: [event(place(1))] }));
      if (seen.length === 3) stop.abort();
    }
    expect(seen.map(({ screen }) => screen.n)).toEqual([0, 1, 1]);
    expect(said.filter((line) => line.startsWith('Redis'))).toHaveLength(2);
    expect(said.filter((line) => line.startsWith('The store is back'))).toHaveLength(2);
  });

  it('gives up after its timeout', async () => {
    const gone: Store = {
      ...createMemoryStore(),
      watch: async function* () {
        yield* [];
        throw away();
      },
    };
    const { store } = patient(gone, { timeoutMs: 1000 });
    const watch = store.watch(new AbortController().signal);
    await expect(watch[Symbol.asyncIterator]().next()).rejects.toThrow('It was away for 1.0 s: giving up.');
  });

  it('ends when told to, and where the store closes', async () => {
    const memory = createMemoryStore();
    const stop = new AbortController();
    const watch = patient(memory).store.watch(stop.signal)[Symbol.asyncIterator]();
    await watch.next();
    const end = watch.next();
    await settle();
    stop.abort();
    expect(await end).toEqual({ done: true, value: undefined });
    const closing = patient(memory).store.watch(new AbortController().signal)[Symbol.asyncIterator]();
    await closing.next();
    const closed = closing.next();
    await memory[Symbol.asyncDispose]();
    expect(await closed).toEqual({ done: true, value: undefined });
  });
});
