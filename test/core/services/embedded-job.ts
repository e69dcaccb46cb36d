import { createSha256 } from '../../../src/core/adapters/digest/sha256.ts';
import { TradekitError } from '../../../src/core/domain/error.ts';
import { BEFORE_ALL, endOfInstant } from '../../../src/core/domain/events/position.ts';
import type { Feed } from '../../../src/core/ports/feed.ts';
import type { RunIdentity, Store, StoredEvent, StoreReader } from '../../../src/core/ports/store.ts';
import { createRecords } from '../../../src/core/services/backtest.ts';
import { type EmbeddedJob, type EmbeddedRun, runEmbedded } from '../../../src/core/services/embedded.ts';
import type { SimulatedTape } from '../../simulation/tapes.ts';

/** A run of the embedded host on a simulated tape, with what it leaves behind. */

const RUN: RunIdentity = { id: 'drawn', configHash: 'c0ffee', feed: 'drawn:' };

/** Instants in one transaction: few enough that a tape of two short sessions has many. */
export const CHUNK = 11;

export type EmbeddedParts = Partial<Pick<EmbeddedJob, 'onStart' | 'onEvents' | 'openFeed' | 'signal'>> & {
  /** Does not push aside who lives. */
  readonly polite?: true;
};

export type Ran = EmbeddedRun & { readonly digest: string };

/** Takes the run over from whoever was killed on the same store, unless told to be polite. */
export async function runTape(
  tape: SimulatedTape,
  store: Store,
  { polite, ...parts }: EmbeddedParts = {},
): Promise<Ran> {
  let digest = createSha256();
  const run = await runEmbedded({
    setup: tape.setup,
    store,
    run: RUN,
    ...(polite === true ? {} : { takeOver: true }),
    openFeed: async () => slowFeed(tape),
    createRecords() {
      digest = createSha256();
      return createRecords(tape.setup.risk, tape.setup, digest);
    },
    signal: new AbortController().signal,
    ...parts,
  });
  return { ...run, digest: digest.hex() };
}

/** Hands out a few instants at a time, as a live feed does, and ends where the signal aborts. */
export function slowFeed(tape: SimulatedTape, atOnce = CHUNK): Feed {
  const feed = tape.openFeed();
  return {
    description: feed.description,
    get nextAt() {
      return feed.nextAt;
    },
    ready: async (signal) => !signal.aborted && feed.ready(signal),
    run: (sink, maxInstants) => feed.run(sink, Math.min(atOnce, maxInstants)),
    ticks: feed.ticks,
    health: feed.health,
    [Symbol.asyncDispose]: feed[Symbol.asyncDispose],
  };
}

export function recordedIn(store: StoreReader): Promise<readonly StoredEvent[]> {
  return store.read({ after: BEFORE_ALL, upTo: endOfInstant(1_000_000), max: 1_000_000 });
}

/** What a run keeps of itself, to compare. */
export function kept({ records, digest, nextAt }: Ran) {
  const { rules, ...read } = records.read();
  return { ...read, rules: rules.rules(), nearMiss: rules.nearMiss(), digest, nextAt };
}

/** A store of which the process dies at its k-th commit, when it is there and the reply is not. */
export function dyingStore(store: Store, atCommit: number): Store {
  let commits = 0;
  return {
    ...store,
    async commit(...commit) {
      const answer = await store.commit(...commit);
      commits += 1;
      if (commits === atCommit) throw killed();
      return answer;
    },
  };
}

export function killed(): TradekitError {
  return new TradekitError('BUG', 'killed');
}
