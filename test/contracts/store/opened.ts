import type { Channel, StageName } from '../../../src/core/domain/events/channels.ts';
import { BEFORE_ALL, endOfInstant, type Position } from '../../../src/core/domain/events/position.ts';
import type {
  Append,
  Commit,
  DoneMarks,
  RunIdentity,
  Store,
  StoredEvent,
  StoreReader,
} from '../../../src/core/ports/store.ts';

/** An empty store, as a case of the contract gets it. */
export type OpenedStore = {
  readonly store: Store;
  /** The same store as another process would have it. */
  another(): Promise<Store>;
  reader(): Promise<StoreReader>;
  /** Lets so much wall time go by, as heartbeats see it. */
  pass(ms: number): Promise<void>;
  /** Closes what was opened, and takes it away. */
  close(): Promise<void>;
};

export type OpenForTest = () => Promise<OpenedStore>;

/** One line of the rule. Data, so that it can be run where it must fail. */
export type StoreCase = { readonly title: string; check(opened: OpenedStore): Promise<void> };

export const RUN: RunIdentity = { id: 'july', configHash: 'c0ffee', feed: 'csv:july.csv' };

export function at(n: number, rank = 0, i = 0): Position {
  return { n, rank, i };
}

/** An event of its channel; the line need not be one of ours for a store. */
export function event(position: Position, channel: Channel = 'MARKET.CANDLE'): Append {
  return { position, channel, line: `{"place":"${position.n}.${position.rank}.${position.i}"}` };
}

let tokens = 0;

/** A commit of screen over the first instant with one candle, but for what is said. */
export function commitOf(parts: Partial<Commit> = {}): Commit {
  tokens += 1;
  return {
    service: 'screen',
    epoch: 1,
    token: `token-${tokens}`,
    from: BEFORE_ALL,
    to: endOfInstant(1),
    appends: [event(at(1))],
    writes: [],
    ...parts,
  };
}

/** A commit of screen over instant `n`, with one candle. */
export function instant(n: number, parts: Partial<Commit> = {}): Commit {
  return commitOf({
    from: n === 1 ? BEFORE_ALL : endOfInstant(n - 1),
    to: endOfInstant(n),
    appends: [event(at(n))],
    ...parts,
  });
}

export async function startAll(store: Store): Promise<void> {
  await store.start({ run: RUN, services: ['screen', 'mse', 'risk', 'exec'] });
}

export async function start(store: Store, service: StageName, takeOver = false) {
  return (await store.start({ run: RUN, services: [service], takeOver }))[service];
}

export async function readAll(store: StoreReader): Promise<readonly StoredEvent[]> {
  return store.read({ after: BEFORE_ALL, upTo: endOfInstant(1_000_000) });
}

/** `1.0.0`, as in the lines of `event`. */
export async function placesIn(store: StoreReader): Promise<readonly string[]> {
  return (await readAll(store)).map(({ position: { n, rank, i } }) => `${n}.${rank}.${i}`);
}

export async function doneOf(store: StoreReader, service: StageName = 'screen'): Promise<Position> {
  return (await store.done())[service];
}

/** The next marks that a watch gives; the wait itself is bounded by the test. */
export async function nextMarks(marks: AsyncIterator<DoneMarks>): Promise<DoneMarks | undefined> {
  const { done, value } = await marks.next();
  return done === true ? undefined : value;
}
