import { TradekitError } from '../../domain/error.ts';
import type { StageName } from '../../domain/events/channels.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DoneMarks, Store, StoreReader } from '../../ports/store.ts';

export type Patience = {
  readonly clock: Clock;
  /** So long it tries again before it gives up. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** One line when the store is away, one when it is back. */
  readonly say: (line: string) => void;
};

/** Between two tries. */
const RETRY_MS = 200;

/**
 * A store that waits where it is away: every call is made again until it is answered. That is safe for each of them: the
 * commit bears its token, and the others change nothing that a second call would change again.
 *
 * @throws CONNECTION when it was away for `timeoutMs`
 */
export function createPatientStore(store: Store, patience: Patience): Store {
  const tries = createTries(patience);
  const { patiently } = tries;
  return {
    ...readingOf(store, tries),
    start: (request) => store.start(request),
    commit: (...commits) => patiently(() => store.commit(...commits)),
    heartbeat: (service, epoch) => patiently(() => store.heartbeat(service, epoch)),
    leave: (service, epoch) => store.leave(service, epoch),
    halt: (reason) => patiently(() => store.halt(reason)),
    resume: () => patiently(() => store.resume()),
  };
}

/** The same for one who only looks. */
export function createPatientReader(reader: StoreReader, patience: Patience): StoreReader {
  return readingOf(reader, createTries(patience));
}

type Tries = ReturnType<typeof createTries>;

function createTries({ clock, timeoutMs, signal, say }: Patience) {
  let awaySince: number | undefined;

  function isBack(): void {
    if (awaySince === undefined) return;
    say(`The store is back after ${seconds(clock.now() - awaySince)}: going on.`);
    awaySince = undefined;
  }

  async function waitAfter(error: unknown): Promise<void> {
    if (!(error instanceof TradekitError) || error.code !== 'CONNECTION' || signal.aborted) throw error;
    if (awaySince === undefined) {
      awaySince = clock.now();
      say(`${error.message} Trying again for ${seconds(timeoutMs)}.`);
    }
    if (clock.now() - awaySince >= timeoutMs) throw gaveUp(error, timeoutMs);
    await clock.sleep(RETRY_MS, signal);
  }

  async function patiently<Value>(call: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        const value = await call();
        isBack();
        return value;
      } catch (error) {
        await waitAfter(error);
      }
    }
  }

  return { isBack, waitAfter, patiently };
}

function readingOf(store: StoreReader, { isBack, waitAfter, patiently }: Tries): StoreReader {
  async function* watch(
    watching: AbortSignal,
    of?: readonly StageName[],
  ): AsyncGenerator<DoneMarks, void, void> {
    while (!watching.aborted) {
      try {
        for await (const marks of store.watch(watching, of)) {
          isBack();
          yield marks;
        }
        return;
      } catch (error) {
        await waitAfter(error);
      }
    }
  }

  return {
    watch,
    run: () => patiently(() => store.run()),
    done: () => patiently(() => store.done()),
    read: (range) => patiently(() => store.read(range)),
    key: (name) => patiently(() => store.key(name)),
    heartbeatAges: () => patiently(() => store.heartbeatAges()),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

function gaveUp(cause: TradekitError, timeoutMs: number): TradekitError {
  return new TradekitError(
    'CONNECTION',
    `${cause.message} It was away for ${seconds(timeoutMs)}: giving up.`,
    {
      hint: 'Nothing is lost: start it again when the store is back. --store-timeout waits longer.',
      cause,
    },
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
