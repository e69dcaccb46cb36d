import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import type { TradekitError } from '../../../../src/core/domain/error.ts';
import { encode } from '../../../../src/core/domain/events/codec.ts';
import { endOfInstant, endOfRank } from '../../../../src/core/domain/events/position.ts';
import { orderCancelled, orderPlaced } from '../../../../src/core/domain/exec/facts.ts';
import type { Commit, CommitAnswer, Store } from '../../../../src/core/ports/store.ts';
import { runStage, type StageHost } from '../../../../src/core/services/pipeline/run-stage.ts';
import type { StageMachine } from '../../../../src/core/services/pipeline/stage-machine.ts';
import { recordedIn } from '../embedded-job.ts';
import { planAt } from './drawn-plan.ts';
import { candle, placed, RUN, stageOf, stepOf } from './drawn-stage.ts';

const STEPS = [stepOf(1, 2), stepOf(3, 3), stepOf(4, 6)];

function run(store: Store, machine: StageMachine = stageOf(STEPS), parts: Partial<StageHost> = {}) {
  const { signal } = new AbortController();
  return runStage(machine.name, () => machine, { store, run: RUN, takeOver: true, signal, ...parts });
}

/** Does something before each commit, or answers it. */
function atCommits(
  store: Store,
  meet: (commits: readonly Commit[]) => Promise<CommitAnswer | undefined>,
): Store {
  return { ...store, commit: async (...commits) => (await meet(commits)) ?? store.commit(...commits) };
}

async function sentence(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => expect.unreachable('it went on'),
    ({ code, message }: TradekitError) => `${code} ${message}`,
  );
}

async function lines(store: Store): Promise<readonly string[]> {
  return (await recordedIn(store)).map(({ line }) => line);
}

describe('a service', () => {
  it('publishes its steps, and ends with its stage', async () => {
    const store = createMemoryStore();
    expect(await run(store)).toBe('ended');
    expect(await lines(store)).toEqual([1, 2, 3, 4, 5, 6].map((n) => encode(candle(n))));
    expect((await store.done()).screen).toEqual(endOfInstant(6));
  });

  it('that was stopped goes on where it was, though its steps are cut otherwise', async () => {
    const store = createMemoryStore();
    const stop = new AbortController();
    const stopping = atCommits(store, async () => {
      stop.abort();
      return undefined;
    });
    expect(await run(stopping, stageOf(STEPS), { signal: stop.signal })).toBe('stopped');
    expect(await lines(store)).toHaveLength(2);
    const froms: unknown[] = [];
    const watched = atCommits(store, async ([commit]) => {
      froms.push([commit?.from.n, commit?.appends.length]);
      return undefined;
    });
    expect(await run(watched, stageOf([stepOf(1, 5), stepOf(6, 6)]))).toBe('ended');
    expect(froms).toEqual([
      [2, 3],
      [5, 1],
    ]);
    expect(await lines(store)).toHaveLength(6);
  });

  it('hears with which mark it starts before its stage is made', async () => {
    const store = createMemoryStore();
    await run(store);
    const heard: unknown[] = [];
    const { signal } = new AbortController();
    const create = (done: unknown) => {
      heard.push(done);
      return stageOf(STEPS);
    };
    await runStage('screen', create, {
      store,
      run: RUN,
      takeOver: true,
      signal,
      onStart: (tenure) => heard.push(tenure),
    });
    expect(heard).toEqual([{ epoch: 2, done: endOfInstant(6) }, endOfInstant(6)]);
  });

  it('takes the answer to a resend as taken', async () => {
    const store = createMemoryStore();
    const twice = atCommits(store, async (commits) => {
      await store.commit(...commits);
      return store.commit(...commits);
    });
    expect(await run(twice)).toBe('ended');
    expect(await lines(store)).toHaveLength(6);
  });

  it('refuses to start beside one that lives, unless told to take over', async () => {
    const store = createMemoryStore({ now: () => 0 });
    await run(store);
    expect(await sentence(run(store, stageOf(STEPS), { takeOver: false }))).toBe(
      'CONFIG screen already runs: its last heartbeat is 0 s old.',
    );
  });

  it('stops where the record says something else', async () => {
    const store = createMemoryStore();
    await run(store);
    const other = stageOf([stepOf(1, 3, { events: [placed(1), placed(2, 100.5), placed(3)] })]);
    expect(await sentence(run(store, other))).toContain('DATA At "2-0" screen said');
  });
});

describe('a service that has lost its place', () => {
  it('ends where another copy has started', async () => {
    const store = createMemoryStore();
    const fencing = atCommits(store, async () => {
      await store.start({ run: RUN, services: ['screen'], takeOver: true });
      return undefined;
    });
    expect(await sentence(run(fencing))).toBe(
      'CONFIG Another copy of screen has taken its place: this one ends.',
    );
    expect(await lines(store)).toEqual([]);
  });

  it('ends where the store was emptied', async () => {
    const emptied = createMemoryStore();
    const store = { ...createMemoryStore(), commit: emptied.commit, run: emptied.run };
    expect(await sentence(run(store))).toBe(
      'CONFIG The store was emptied while screen ran: the run is gone, so it stops.',
    );
  });

  it('ends where the store is an older copy of itself', async () => {
    const store = createMemoryStore();
    expect(await sentence(run(atCommits(store, async () => 'gap')))).toBe(
      'CONFIG The store is behind what screen has seen of it: was an older copy restored, or lost its last second?',
    );
  });
});

describe('a service that accepts entries', () => {
  it('answers them otherwise where the kill switch stands', async () => {
    const store = createMemoryStore();
    await store.halt('seen something');
    const plan = planAt(1);
    const position = { n: 1, rank: 5, i: 0 };
    const to = endOfRank(1, 5);
    const halted = { position, event: orderCancelled(plan, 'halted', 1) };
    const entry = {
      to,
      events: [{ position, event: orderPlaced(plan, 1) }],
      writes: [],
      acceptsEntries: true,
      whenHalted: () => ({ to, events: [halted], writes: [], acceptsEntries: false }),
    };
    expect(await run(store, { ...stageOf([entry]), name: 'exec', ended: true })).toBe('ended');
    expect(await lines(store)).toEqual([encode(halted.event)]);
    expect(await run(store, { ...stageOf([entry]), name: 'exec', ended: true })).toBe('ended');
    expect(await lines(store)).toHaveLength(1);
  });
});
