import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteLog } from '../../../src/core/adapters/event-log/sqlite.ts';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { TradekitError } from '../../../src/core/domain/error.ts';
import { type Channel, STAGE_NAMES } from '../../../src/core/domain/events/channels.ts';
import {
  BEFORE_ALL,
  endOfInstant,
  endOfRank,
  type Position,
} from '../../../src/core/domain/events/position.ts';
import type { Clock } from '../../../src/core/ports/clock.ts';
import type { EventLog } from '../../../src/core/ports/event-log.ts';
import type { Append, RunIdentity, Store } from '../../../src/core/ports/store.ts';
import { type LogCopierOptions, runEventLogCopier } from '../../../src/core/services/event-log-copier.ts';
import { batch, collect, event as logged, markOf } from '../../contracts/event-log/opened.ts';
import { commitOf, at as place, startAll } from '../../contracts/store/opened.ts';
import { flaky } from '../../flaky-log.ts';
import { openStoreWriter, RECORDED, recordedRun } from '../../recorded-run.ts';
import { freshFolder } from '../../tradekit.ts';

/** Waits no time, and remembers how long it should have. */
function createImpatientClock(): Clock & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    async sleep(ms) {
      slept.push(ms);
    },
  };
}

function event(position: Position, channel: Channel = 'MARKET.CANDLE'): Append {
  return { position, channel, line: logged(position).line };
}

describe('the copier of events', () => {
  let folder = freshFolder();
  let store: Store;
  let log: EventLog;
  let events: readonly Append[] = [];
  let stop = new AbortController();
  let clock = createImpatientClock();

  beforeEach(async () => {
    folder = freshFolder();
    store = createMemoryStore();
    log = openSqliteLog(join(folder.path, 'log.db'));
    events = await recordedRun();
    stop = new AbortController();
    clock = createImpatientClock();
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await log[Symbol.asyncDispose]();
    folder.remove();
  });

  function copy(parts: Partial<LogCopierOptions> = {}) {
    return runEventLogCopier({ store, log, clock, signal: stop.signal, ...parts });
  }

  async function expectEverything(): Promise<void> {
    expect((await collect(log)).map(({ line }) => line)).toEqual(events.map(({ line }) => line));
  }

  it('copies a run that is over, and ends', async () => {
    await (await openStoreWriter(store, events)).write();
    expect(await copy()).toEqual({ run: RECORDED, copied: events.length, isComplete: true });
    await expectEverything();
  });

  it('copies a run as it goes, in batches of the size it may hold', async () => {
    const writer = await openStoreWriter(store, events);
    const watched = flaky(log);
    const copied = copy({ log: watched.log, batchMax: 50 });
    while (await writer.write(20)) await log.runs();
    expect(await copied).toMatchObject({ copied: events.length, isComplete: true });
    expect(watched.largest).toBeLessThanOrEqual(50);
    await expectEverything();
  });

  it('ends at once where everything was copied before', async () => {
    await (await openStoreWriter(store, events)).write();
    await copy();
    expect(await copy()).toMatchObject({ copied: 0, isComplete: true });
  });

  it('goes on from where another one was stopped', async () => {
    await (await openStoreWriter(store, events)).write();
    const half = copy({ batchMax: 100, onCopied: ({ n }) => void (n > 300 && stop.abort()) });
    const { copied, isComplete } = await half;
    expect(isComplete).toBe(false);
    expect(copied).toBeLessThan(events.length);
    stop = new AbortController();
    expect(await copy()).toMatchObject({ copied: events.length - copied, isComplete: true });
    await expectEverything();
  });

  it('waits for a store that has no run yet, and ends when it is told to', async () => {
    const copied = copy();
    expect(await store.run()).toBeUndefined();
    stop.abort();
    expect(await copied).toEqual({ run: undefined, copied: 0, isComplete: false });
  });

  it('copies up to the slowest of the services, and no further', async () => {
    await startAll(store);
    const two = [event(place(1)), event(place(2)), event(place(2, 2), 'SIGNALS.POTENTIAL')];
    await store.commit(commitOf({ to: endOfInstant(2), appends: two }));
    await store.commit(commitOf({ service: 'mse', to: endOfInstant(1), appends: [] }));
    await store.commit(commitOf({ service: 'risk', to: endOfInstant(2), appends: [] }));
    const met = [event(place(1, 1), 'EXECUTION.ORDER_FILLED')];
    await store.commit(commitOf({ service: 'exec', to: endOfRank(1, 1), appends: met }));
    await copy({ onCopied: () => stop.abort() });
    expect(await markOf(log)).toEqual(endOfRank(1, 1));
    expect((await collect(log)).map(({ position }) => position)).toEqual([place(1), place(1, 1)]);
  });

  it('says once that it has all so far of a run that is not over, and waits', async () => {
    await startAll(store);
    for (const service of STAGE_NAMES)
      await store.commit(
        commitOf({
          service,
          to: endOfInstant(2),
          appends: service === 'screen' ? [event(place(1)), event(place(2))] : [],
        }),
      );
    const told: number[] = [];
    const end = copy({
      onCaughtUp: (_run, copied) => {
        told.push(copied);
        setTimeout(() => stop.abort(), 50);
      },
    });
    expect(await end).toMatchObject({ copied: 2, isComplete: false });
    expect(told).toEqual([2]);
  });

  it('does not take the end of the feed for the end before exec has accepted it', async () => {
    await startAll(store);
    const ended = {
      position: place(1),
      channel: 'MARKET.CANDLE',
      line: '{"type":"FEED_ENDED","id":"e"}',
    } as const;
    for (const service of ['screen', 'mse', 'risk'] as const) {
      const appends = service === 'screen' ? [ended] : [];
      await store.commit(commitOf({ service, to: endOfInstant(1), appends }));
    }
    await store.commit(commitOf({ service: 'exec', to: endOfRank(1, 1), appends: [] }));
    const last = [event(place(1, 5), 'EXECUTION.ORDER_CANCELLED')];
    let isAccepted = false;
    const copied = copy({
      onCopied({ rank }) {
        if (rank !== 1) return;
        isAccepted = true;
        void store.commit(
          commitOf({ service: 'exec', from: endOfRank(1, 1), to: endOfRank(1, 5), appends: last }),
        );
      },
    });
    expect(await copied).toMatchObject({ copied: 2, isComplete: true });
    expect(isAccepted).toBe(true);
  });

  it('goes on waiting after the end where it follows', async () => {
    await (await openStoreWriter(store, events)).write();
    const copied = copy({
      follow: true,
      onCopied: ({ n }) => void (n === events.at(-1)?.position.n && stop.abort()),
    });
    expect(await copied).toMatchObject({ isComplete: false, copied: events.length });
  });

  it('tries again for ever while the log is away, ever more slowly, and says so once', async () => {
    await (await openStoreWriter(store, events)).write();
    const told: string[] = [];
    const away = flaky(log);
    away.failNext(12);
    await copy({
      log: away.log,
      onAway: ({ message }) => told.push(message),
      onBack: () => told.push('back'),
    });
    expect(told).toEqual(['The event log is away.', 'back']);
    expect(clock.slept).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000, 5000, 5000]);
    await expectEverything();
  });

  it('does not take a log for back that tells its mark and takes nothing', async () => {
    await (await openStoreWriter(store, events)).write();
    const told: string[] = [];
    let refusals = 5;
    const readOnly: EventLog = {
      ...log,
      async append(asked) {
        refusals -= 1;
        if (refusals >= 0) throw new TradekitError('CONNECTION', 'The event log is full.');
        return log.append(asked);
      },
    };
    await copy({
      log: readOnly,
      onAway: ({ message }) => told.push(message),
      onBack: () => told.push('back'),
    });
    expect(told).toEqual(['The event log is full.', 'back']);
    expect(clock.slept).toEqual([100, 200, 400, 800, 1600]);
    await expectEverything();
  });

  it('asks the log for its mark again after a failure: what was written is counted, once', async () => {
    await (await openStoreWriter(store, events)).write();
    const forgetful = flaky(log);
    let losses = 0;
    const { copied } = await copy({
      log: forgetful.log,
      batchMax: 100,
      onCopied() {
        losses += 1;
        forgetful.loseNextAnswer();
      },
    });
    expect(losses).toBeGreaterThan(5);
    expect(copied).toBe(events.length);
    await expectEverything();
  });

  it('gives a log that came back with an older mark everything since', async () => {
    await (await openStoreWriter(store, events)).write();
    const other = openSqliteLog(join(folder.path, 'other.db'));
    let current = log;
    const replaced: EventLog = {
      ...log,
      runs: () => current.runs(),
      append: (asked) => current.append(asked),
    };
    let batches = 0;
    const { copied } = await copy({
      log: replaced,
      batchMax: 200,
      onCopied() {
        batches += 1;
        if (batches === 3) current = other;
      },
    });
    expect((await collect(other)).length).toBe(events.length);
    expect(copied, 'each once, though the log was given some twice').toBe(events.length);
    await other[Symbol.asyncDispose]();
  });

  it('ends at once when it is told to while the log does not answer', async () => {
    await (await openStoreWriter(store, events)).write();
    const silent: EventLog = { ...log, append: () => new Promise(() => stop.abort()) };
    expect(await copy({ log: silent })).toMatchObject({ copied: 0, isComplete: false });
  });

  describe('where the store is emptied under it and another run begins', () => {
    const OTHER = { id: 'august', configHash: 'c0ffee', feed: 'csv:august.csv' };

    /** All services are done with so many instants of one candle each. */
    async function filled(run: RunIdentity, instants: number): Promise<Store> {
      const made = createMemoryStore();
      await made.start({ run, services: STAGE_NAMES });
      const appends = Array.from({ length: instants }, (_, i) => event(place(i + 1)));
      for (const service of STAGE_NAMES)
        await made.commit(
          commitOf({ service, to: endOfInstant(instants), appends: service === 'screen' ? appends : [] }),
        );
      return made;
    }

    const idsOf = async (run: string) => (await collect(log, { run })).map(({ position }) => position.n);

    it('copies each run into a log of its own, and says where the other one begins', async () => {
      const [july, august] = [await filled(RECORDED, 6), await filled(OTHER, 3)];
      let held = july;
      const told: string[] = [];
      const one: Store = {
        ...july,
        run: () => held.run(),
        read: (range) => held.read(range),
        async *watch() {
          yield await july.done();
          held = august;
          yield await august.done();
        },
      };
      const onOtherRun: LogCopierOptions['onOtherRun'] = ({ run, copied }, { id }) =>
        void told.push(`${run?.id} ${copied} ${id}`);
      const end = await copy({ store: one, follow: true, onOtherRun });
      expect(end).toEqual({ run: OTHER, copied: 3, isComplete: false });
      expect(told).toEqual([`${RECORDED.id} 6 august`]);
      expect(await idsOf(RECORDED.id)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await idsOf('august')).toEqual([1, 2, 3]);
    });

    it('keeps nothing that it read of the one by the marks of the other', async () => {
      const [july, august] = [await filled(RECORDED, 6), await filled(OTHER, 8)];
      let held = july;
      const one: Store = {
        ...july,
        run: () => held.run(),
        read(range) {
          held = august;
          return august.read(range);
        },
        async *watch() {
          yield await july.done();
          yield await august.done();
        },
      };
      await copy({ store: one, follow: true });
      expect(await idsOf(RECORDED.id)).toEqual([]);
      expect(await idsOf('august')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });

  it('stops loudly where no second try helps', async () => {
    await (await openStoreWriter(store, events)).write();
    const broken: EventLog = {
      ...log,
      append: async () => {
        throw new TradekitError('CONFIG', 'Another run of that name.');
      },
    };
    await expect(copy({ log: broken })).rejects.toMatchObject({ code: 'CONFIG' });
    expect(clock.slept).toEqual([]);
  });

  it('waits where the log is ahead of the store: a store that was put back catches up', async () => {
    const writer = await openStoreWriter(store, events);
    await writer.write(10);
    const { events: some } = batch(1, 1);
    await log.append({ run: RECORDED, from: BEFORE_ALL, upTo: endOfInstant(400), events: some });
    const copied = copy();
    await writer.write();
    expect(await copied).toMatchObject({ isComplete: true });
    expect((await markOf(log))?.n).toBe(events.at(-1)?.position.n);
  });
});
