import { describe, expect, it } from 'vitest';
import { createSha256 } from '../../../src/core/adapters/digest/sha256.ts';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { endOfInstant, endOfRank, type Position, RANK } from '../../../src/core/domain/events/position.ts';
import type { Store, StoredEvent } from '../../../src/core/ports/store.ts';
import { createRecords } from '../../../src/core/services/backtest.ts';
import { createRecordFold } from '../../../src/core/services/record-fold.ts';
import { isRunOver } from '../../../src/core/services/run-is-over.ts';
import { simulatedTape } from '../../simulation/tapes.ts';
import { CHUNK, kept, recordedIn, runTape } from './embedded-job.ts';

/** What the record of a run gives back of it, against what the process kept that made it. */

const TAPE = simulatedTape(2);

async function folded(
  store: Store,
  upTo: Position = endOfInstant(1_000_000),
  change: (recorded: StoredEvent) => StoredEvent | undefined = (recorded) => recorded,
) {
  const digest = createSha256();
  const records = createRecords(TAPE.setup.risk, TAPE.setup, digest);
  const fold = createRecordFold(TAPE.setup, records);
  for (const recorded of await recordedIn(store)) {
    const taken = change(recorded);
    if (taken !== undefined) fold.take(taken);
  }
  fold.end(upTo);
  return kept({ records, digest: digest.hex(), nextAt: fold.nextAt });
}

describe('the fold of a record', () => {
  it('has the trades, the account and the counts of the process that made it, to the last digit', async () => {
    const store = createMemoryStore();
    const made = kept(await runTape(TAPE, store));
    expect(made.trades.length).toBeGreaterThan(5);
    expect(await folded(store)).toEqual(made);
  });

  it('has them also where the kill switch was set on the way', async () => {
    const store = createMemoryStore();
    const made = await runTape(TAPE, store, {
      onEvents: (events) => void ((events.at(-1)?.position.n ?? 0) > 3 * CHUNK && store.halt('enough')),
    });
    const { funnel } = made.records.read();
    expect(funnel.cancelled['halted']).toBeGreaterThan(0);
    expect(await folded(store)).toEqual(kept(made));
  });

  it('leaves out an instant whose orders are not accepted yet', async () => {
    const store = createMemoryStore();
    const stop = new AbortController();
    const made = kept(await runTape(TAPE, store, { signal: stop.signal, onEvents: () => stop.abort() }));
    const whole = await folded(store, endOfRank(CHUNK, RANK.accepted));
    expect({ ...whole, nextAt: made.nextAt }).toEqual(made);
    expect(whole.nextAt).toBeLessThanOrEqual(made.nextAt);
    const before = await folded(store, endOfRank(CHUNK, RANK.met));
    expect(before.nextAt).toBeLessThan(whole.nextAt);
  });
});

describe('a record that says something else than the engine', () => {
  const price = ({ line, ...of }: StoredEvent) => ({
    ...of,
    line: line.replace('"entryPrice":', '"entryPrice":1'),
  });
  const check = ({ line, ...of }: StoredEvent) => ({
    ...of,
    line: line.replace('"pass":true', '"pass":false'),
  });
  const noClose = (of: StoredEvent) => (of.channel === 'EXECUTION.POSITION_CLOSED' ? undefined : of);

  it.each([
    ['a price', price, /^At "\d+-\d+" the services recorded \{.* where one process says \{/],
    ['a check of risk', check, /^At "\d+-\d+" the services recorded \{.* where one process says \{/],
    ['a close that is missing', noClose, / the services recorded .* where one process says \{/],
  ])('is refused: %s', async (_, change, why) => {
    const store = createMemoryStore();
    await runTape(TAPE, store);
    await expect(folded(store, undefined, change)).rejects.toThrow(why);
  });
});

describe('a run is over', () => {
  it('when its feed has ended, not when it was stopped or has not begun', async () => {
    const store = createMemoryStore();
    expect(await isRunOver(store)).toBe(false);
    const stop = new AbortController();
    await runTape(TAPE, store, { signal: stop.signal, onEvents: () => stop.abort() });
    expect(await isRunOver(store)).toBe(false);
    await runTape(TAPE, store);
    expect(await isRunOver(store)).toBe(true);
  });

  it('not while execution has the end of the feed still before it, or has only met it', async () => {
    const store = createMemoryStore();
    await runTape(TAPE, store);
    const done = await store.done();
    const { n } = done.screen;
    const isOverAt = (exec: Position) => isRunOver({ ...store, done: async () => ({ ...done, exec }) });
    expect(await isOverAt(endOfInstant(n - 1))).toBe(false);
    expect(await isOverAt(endOfRank(n, RANK.met))).toBe(false);
    expect(await isOverAt(endOfRank(n, RANK.accepted))).toBe(true);
  });
});
