import { expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import { BEFORE_ALL, endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { DoneMarks, Store } from '../../../../src/core/ports/store.ts';
import { createMseMachine } from '../../../../src/core/services/pipeline/mse-machine.ts';
import { runStage } from '../../../../src/core/services/pipeline/run-stage.ts';
import { createScreenMachine } from '../../../../src/core/services/pipeline/screen-machine.ts';
import { simulatedTape } from '../../../simulation/tapes.ts';

const RUN = { id: 'run', configHash: 'c0ffee', feed: 'drawn:' };
const NOTHING: DoneMarks = { screen: BEFORE_ALL, mse: BEFORE_ALL, risk: BEFORE_ALL, exec: BEFORE_ALL };

/** A service goes by marks that the store has lost since, and reads nothing where there were events. */
async function mseOfLostMarks(): Promise<{ readonly said: unknown; readonly done: DoneMarks }> {
  const store = createMemoryStore({ now: () => 0 });
  const lost: Store = {
    ...store,
    async *watch() {
      yield { ...NOTHING, screen: endOfInstant(5) };
    },
  };
  const machine = () => createMseMachine(simulatedTape(1).setup);
  const end = runStage('mse', machine, { store: lost, run: RUN, signal: new AbortController().signal });
  const said = await end.catch((error: Error) => error.message);
  return { said, done: await store.done() };
}

/** A store whose marks are as they are the first time one looks, and then those. */
function withLaterMarks(store: Store, later: DoneMarks, run: Store['run']): Store {
  let done = store.done;
  return {
    ...store,
    run,
    done: () => done(),
    async *watch() {
      yield await store.done();
      done = async () => later;
      yield later;
      throw new Error('it went on');
    },
  };
}

async function waitingMse(later: DoneMarks, run?: Store['run']): Promise<unknown> {
  const tape = simulatedTape(1);
  const store = createMemoryStore({ now: () => 0 });
  const { signal } = new AbortController();
  const enough = new AbortController();
  const screen = () => createScreenMachine(tape.setup, { feed: tape.openFeed(), window: 5 });
  const feeding = runStage('screen', screen, { store, run: RUN, signal: enough.signal });
  for await (const { screen: mark } of store.watch(signal)) if (mark.n >= 5) break;
  enough.abort();
  const changed = withLaterMarks(store, later, run ?? store.run);
  const end = runStage('mse', () => createMseMachine(tape.setup), { store: changed, run: RUN, signal });
  await expect(end).rejects.toMatchObject({ code: 'CONFIG' });
  await feeding;
  return end.catch((error: Error) => error.message);
}

it('a service that only waits learns from the marks that the store was emptied', async () => {
  expect(await waitingMse(NOTHING, async () => undefined)).toBe(
    'The store was emptied while mse ran: the run is gone, so it stops.',
  );
});

it('and that an older copy of it was restored', async () => {
  expect(await waitingMse({ ...NOTHING, screen: endOfInstant(5), mse: endOfInstant(2) })).toMatch(
    /^The store is behind what mse has seen of it/,
  );
});

it('nothing is committed that was made of what the store has lost', async () => {
  expect(await mseOfLostMarks()).toEqual({
    said: 'The store is behind what mse has seen of it: was an older copy restored, or lost its last second?',
    done: NOTHING,
  });
});
