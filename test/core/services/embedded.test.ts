import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSha256 } from '../../../src/core/adapters/digest/sha256.ts';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { openSqliteStore } from '../../../src/core/adapters/store/sqlite.ts';
import type { TradekitError } from '../../../src/core/domain/error.ts';
import { STAGE_NAMES } from '../../../src/core/domain/events/channels.ts';
import { formatPosition } from '../../../src/core/domain/events/position.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { keysOf, shownKeys } from '../../simulation/keys.ts';
import { expectedOf, linesOf } from '../../simulation/simulate.ts';
import { simulatedTape } from '../../simulation/tapes.ts';
import { freshFolder } from '../../tradekit.ts';
import { CHUNK, dyingStore, kept, killed, recordedIn, runTape, slowFeed } from './embedded-job.ts';

const TAPE = simulatedTape(2);
const OTHER_TAPE = simulatedTape(3);
const EXPECTED = expectedOf(TAPE);
const UNINTERRUPTED = runTape(TAPE, createMemoryStore()).then(kept);

describe.each<[string, (path: string) => Store]>([
  ['memory', () => createMemoryStore()],
  ['SQLite', (path) => openSqliteStore(path)],
])('a run embedded in one process, on %s', (_, open) => {
  let folder = freshFolder();
  let store: Store;

  beforeEach(() => {
    folder = freshFolder();
    store = open(join(folder.path, 'run.db'));
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    folder.remove();
  });

  async function expectWhole(): Promise<void> {
    const events = await recordedIn(store);
    expect(linesOf(events)).toEqual(EXPECTED);
    expect(await shownKeys(store)).toEqual(keysOf(TAPE, events));
  }

  it('leaves the events of the engine, byte for byte, and their projections', async () => {
    const run = await runTape(TAPE, store);
    expect(kept(run)).toEqual(await UNINTERRUPTED);
    expect(run.nextAt).toBe(Number.POSITIVE_INFINITY);
    const decisions = EXPECTED.map((line) => line.slice(line.indexOf(' ') + 1)).filter(isNoCandle);
    const digest = createSha256();
    for (const line of decisions) digest.update(`${line}\n`);
    expect(run.digest).toBe(digest.hex());
    const { trades, funnel } = run.records.read();
    const count = (type: string) => decisions.filter((line) => line.includes(`"type":"${type}"`)).length;
    expect([trades.length, funnel.closed]).toEqual([count('POSITION_CLOSED'), count('POSITION_CLOSED')]);
    expect([funnel.signals, trades.length > 5]).toEqual([count('POTENTIAL_SIGNAL'), true]);
    await expectWhole();
  });

  it('moves all four marks with each transaction', async () => {
    await runTape(TAPE, store);
    const { exec, ...others } = await store.done();
    expect(new Set(Object.values(others).map(formatPosition))).toHaveLength(1);
    expect(exec.n).toBe(others.screen.n);
  });

  it.each([
    ['between two transactions', false],
    ['before it hears that a transaction is there', true],
  ] as const)('goes on as if nothing had been, killed %s, wherever', async (_when, isUnheard) => {
    for (let k = 1, isOver = false; !isOver; k += 1) {
      await store[Symbol.asyncDispose]();
      store = open(join(folder.path, `${k}.db`));
      let told = 0;
      const onEvents = () => {
        told += 1;
        if (!isUnheard && told === k) throw killed();
      };
      const dying = isUnheard ? dyingStore(store, k) : store;
      isOver = await runTape(TAPE, dying, { onEvents }).then(
        () => true,
        () => false,
      );
      expect(kept(await runTape(TAPE, store, { openFeed })), `killed at ${k}`).toEqual(await UNINTERRUPTED);
      await expectWhole();
    }
  });
});

function isNoCandle(line: string): boolean {
  return !line.includes('"type":"CANDLE_CLOSED"');
}

/** Cut otherwise than the first time: where one transaction ended is no place of note. */
const openFeed = async () => slowFeed(TAPE, 7);

describe('a run embedded in one process', () => {
  it('says the same on other tapes', async () => {
    for (const tape of [simulatedTape(1), OTHER_TAPE, simulatedTape(4)]) {
      const store = createMemoryStore();
      await runTape(tape, store);
      expect(linesOf(await recordedIn(store))).toEqual(expectedOf(tape));
      expect(await shownKeys(store)).toEqual(keysOf(tape, await recordedIn(store)));
    }
  });

  it('ends between two transactions when told to, and says what would have come next', async () => {
    const store = createMemoryStore();
    const stop = new AbortController();
    const { nextAt } = await runTape(TAPE, store, { signal: stop.signal, onEvents: () => stop.abort() });
    const { exec } = await store.done();
    expect(exec.n).toBe(CHUNK);
    const whole = EXPECTED;
    expect(linesOf(await recordedIn(store))).toEqual(
      whole.filter((line) => Number.parseInt(line, 10) <= CHUNK),
    );
    const next = whole.find((line) => line.startsWith(`${CHUNK + 1}-`)) ?? '';
    expect(JSON.parse(next.slice(next.indexOf(' ')))).toMatchObject({ at: nextAt });
  });

  it('tells which events are old and which new, each once and in order', async () => {
    const store = createMemoryStore();
    const stop = new AbortController();
    await runTape(TAPE, store, {
      signal: stop.signal,
      onEvents: (events) => (events.at(-1)?.position.n ?? 0) > 30 && stop.abort(),
    });
    const recorded = linesOf(await recordedIn(store)).length;
    const told: { place: string; isNew: boolean }[] = [];
    await runTape(TAPE, store, {
      openFeed,
      onEvents: (events, isNew) =>
        told.push(...events.map(({ position }) => ({ place: formatPosition(position), isNew }))),
    });
    const places = EXPECTED.map((line) => line.slice(0, line.indexOf(' ')));
    expect(told).toEqual(places.map((place, index) => ({ place, isNew: index >= recorded })));
  });

  it('tells events only once they are in the store', async () => {
    const store = createMemoryStore();
    let seen = 0;
    const late: number[] = [];
    await runTape(TAPE, store, {
      onEvents: (events) => {
        seen += events.length;
        recordedIn(store).then((stored) => late.push(stored.length - seen));
      },
    });
    expect(late.length).toBeGreaterThan(5);
    expect(late.filter((lag) => lag < 0)).toEqual([]);
  });

  it('says with which marks it starts', async () => {
    const store = createMemoryStore();
    const starts: unknown[] = [];
    const onStart = (tenures: Readonly<Record<string, unknown>>): void => void starts.push(tenures);
    await runTape(TAPE, store, { onStart });
    await runTape(TAPE, store, { onStart });
    const done = await store.done();
    const tenure = (name: 'screen' | 'mse' | 'risk' | 'exec') => [name, { epoch: 2, done: done[name] }];
    expect(starts[1]).toEqual(Object.fromEntries(STAGE_NAMES.map(tenure)));
  });
});

describe('a run that the store has otherwise', () => {
  async function failureOf(run: Promise<unknown>): Promise<TradekitError> {
    return run.then(
      () => expect.unreachable('it went on'),
      (error: TradekitError) => error,
    );
  }

  it('is refused where the feed changed: with the place, what was then and what is now', async () => {
    const store = createMemoryStore();
    await runTape(TAPE, store);
    const { code, message, hint } = await failureOf(
      runTape(TAPE, store, { openFeed: async () => slowFeed(OTHER_TAPE) }),
    );
    expect(code).toBe('DATA');
    expect(message).toMatch(
      /^At "\d+-\d+" screen said "\{"id":".+ when the run was recorded and says .+ now: the feed, strategies\.json or tradekit changed since\.$/,
    );
    expect(hint).toBe('Put them back as they were to go on with this run, or start a new run.');
  });

  it('is refused where the strategies changed: at the first signal that is another', async () => {
    const store = createMemoryStore();
    await runTape(TAPE, store);
    const first = EXPECTED.find((line) => line.includes('POTENTIAL_SIGNAL')) ?? '';
    const changed = { ...TAPE, setup: { ...TAPE.setup, strategies: [] } };
    const { code, message } = await failureOf(runTape(changed, store));
    expect(code).toBe('DATA');
    expect(message).toContain(`At "${first.slice(0, first.indexOf(' '))}" screen said "{"id":"`);
    expect(message).toContain('and says nothing now');
  });

  it('changes nothing in the store', async () => {
    const store = createMemoryStore();
    await runTape(TAPE, store);
    await failureOf(runTape(TAPE, store, { openFeed: async () => slowFeed(OTHER_TAPE) }));
    expect(linesOf(await recordedIn(store))).toEqual(EXPECTED);
  });

  it('is refused beside a process that lives, where nobody said to take over', async () => {
    const store = createMemoryStore({ now: () => 0 });
    await runTape(TAPE, store);
    const { code, message } = await failureOf(runTape(TAPE, store, { polite: true }));
    expect([code, message]).toEqual(['CONFIG', 'screen already runs: its last heartbeat is 0 s old.']);
  });

  it('ends where a second process took it over', async () => {
    const store = createMemoryStore();
    let second: ReturnType<typeof runTape> | undefined;
    const { code, message } = await failureOf(
      runTape(TAPE, store, {
        onEvents: () => {
          second ??= runTape(TAPE, store);
        },
      }),
    );
    expect([code, message]).toEqual([
      'CONFIG',
      'Another copy of this run has taken its place: this one ends.',
    ]);
    await second;
    expect(linesOf(await recordedIn(store))).toEqual(EXPECTED);
  });
});
