import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { decode } from '../../../src/core/domain/events/decode.ts';
import type { TradekitEvent } from '../../../src/core/domain/events/events.ts';
import type { Store, StoredEvent } from '../../../src/core/ports/store.ts';
import { keysOf, shownKeys } from '../../simulation/keys.ts';
import { expectedOf, linesOf } from '../../simulation/simulate.ts';
import { simulatedTape } from '../../simulation/tapes.ts';
import { kept, recordedIn, runTape, slowFeed } from './embedded-job.ts';

/** The kill switch, in an embedded run: set at any moment, entries end with it and exits do not. */

const TAPE = simulatedTape(2);

/** Sets the switch when a commit is on its way that the run has just looked for it, at the k-th that accepts entries. */
function haltedBetweenLookAndCommit(store: Store, k: number): Store {
  let asked = 0;
  return {
    ...store,
    async commit(...commits) {
      if (commits.some(({ requires }) => requires !== undefined)) asked += 1;
      if (asked === k) await store.halt('seen something');
      return store.commit(...commits);
    },
  };
}

function told(events: readonly StoredEvent[]): readonly TradekitEvent[] {
  return events.map(({ line }) => decode(line));
}

function count(events: readonly TradekitEvent[], type: TradekitEvent['type']): number {
  return events.filter((event) => event.type === type).length;
}

function isHalt(event: TradekitEvent): boolean {
  return event.type === 'ORDER_CANCELLED' && event.reason === 'halted';
}

/** What holds of any run, whenever the switch was set: each plan has its answer, and all of it folds again. */
async function expectSound(store: Store): Promise<void> {
  const recorded = await recordedIn(store);
  expect(linesOf(recorded)).toEqual(expectedOf(TAPE, recorded));
  expect(await shownKeys(store)).toEqual(keysOf(TAPE, recorded));
  const events = told(recorded);
  const answered = count(events, 'ORDER_PLACED') + events.filter(isHalt).length;
  expect(answered).toBe(count(events, 'PLAN_VALIDATED'));
  const again = await runTape(TAPE, store);
  expect(linesOf(await recordedIn(store))).toEqual(linesOf(recorded));
  expect(again.records.read().trades).toHaveLength(count(events, 'POSITION_CLOSED'));
}

describe('the kill switch, in an embedded run', () => {
  it('set before the run: no order is placed, each plan is answered with a cancellation', async () => {
    const store = createMemoryStore();
    await store.halt('not today');
    await runTape(TAPE, store);
    const events = told(await recordedIn(store));
    expect(count(events, 'ORDER_PLACED')).toBe(0);
    expect(events.filter(isHalt).length).toBeGreaterThan(5);
    for (const halt of events.filter(isHalt)) expect(halt).toMatchObject({ filledQty: 0, leg: 'entry' });
    await expectSound(store);
  });

  it('set while a position is open: it is still closed, and nothing is entered any more', async () => {
    const store = createMemoryStore();
    let haltedAt = Number.POSITIVE_INFINITY;
    await runTape(TAPE, store, {
      onEvents(events) {
        const isOpen = events.map(({ event }) => event).findLast(isFillOrClose)?.type === 'ORDER_FILLED';
        if (!isOpen || haltedAt < Number.POSITIVE_INFINITY) return;
        haltedAt = events.at(-1)?.position.n ?? 0;
        void store.halt('seen something');
      },
    });
    const later = told((await recordedIn(store)).filter(({ position }) => position.n > haltedAt));
    expect(count(later, 'POSITION_CLOSED')).toBeGreaterThan(0);
    expect(count(later, 'ORDER_PLACED')).toBe(0);
    expect(later.filter(isHalt).length).toBeGreaterThan(0);
    await expectSound(store);
  });

  it('lifted: orders are placed again', async () => {
    const store = createMemoryStore();
    await store.halt('not yet');
    let liftedAt = Number.POSITIVE_INFINITY;
    await runTape(TAPE, store, {
      onEvents(events) {
        const n = events.at(-1)?.position.n ?? 0;
        if (n < 40 || liftedAt < n) return;
        liftedAt = n;
        void store.resume();
      },
    });
    const placed = (await recordedIn(store)).filter(({ line }) => line.includes('ORDER_PLACED'));
    expect(placed.length).toBeGreaterThan(0);
    expect(Math.min(...placed.map(({ position }) => position.n))).toBeGreaterThan(liftedAt);
    await expectSound(store);
  });

  it('set between the look and the commit: that commit is refused, and the run folded again', async () => {
    for (const k of [1, 2, 4]) {
      const store = createMemoryStore();
      let folds = 0;
      const openFeed = async () => {
        folds += 1;
        return slowFeed(TAPE);
      };
      const run = await runTape(TAPE, haltedBetweenLookAndCommit(store, k), { openFeed });
      expect(folds).toBe(2);
      const events = told(await recordedIn(store));
      expect(events.filter(isHalt).length).toBeGreaterThan(0);
      await expectSound(store);
      expect(kept(await runTape(TAPE, store))).toEqual(kept(run));
    }
  });

  it('folds again however many reads its recorded answers take', async () => {
    const store = createMemoryStore();
    await store.halt('not today');
    const run = await runTape(TAPE, store);
    const oneByOne: Store = {
      ...store,
      read: (range) =>
        store.read(range.channels?.join() === 'EXECUTION.ORDER_CANCELLED' ? { ...range, max: 1 } : range),
    };
    expect(kept(await runTape(TAPE, oneByOne))).toEqual(kept(run));
  });

  it('tells the events of the refused commit once, as they came to be', async () => {
    const store = createMemoryStore();
    const news: TradekitEvent[] = [];
    await runTape(TAPE, haltedBetweenLookAndCommit(store, 2), {
      onEvents: (events, isNew) => void (isNew && news.push(...events.map(({ event }) => event))),
    });
    expect(news).toEqual(told(await recordedIn(store)));
  });
});

function isFillOrClose({ type }: TradekitEvent): boolean {
  return type === 'ORDER_FILLED' || type === 'POSITION_CLOSED';
}
