import { TradekitError } from '../domain/error.ts';
import { BEFORE_ALL, comparePositions, type Position } from '../domain/events/position.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog, LogBatch } from '../ports/event-log.ts';
import { READ_MAX, type RunIdentity, type StoreReader } from '../ports/store.ts';
import { settledUpTo } from './follow-events.ts';
import { hasFeedEnded } from './run-is-over.ts';

export type LogCopierOptions = {
  readonly store: StoreReader;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Events in one batch, which is all it ever holds. */
  readonly batchMax?: number;
  /** Goes on waiting when the feed has ended. */
  readonly follow?: boolean;
  /** The log went away: told once, however often it is tried again. */
  readonly onAway?: (error: TradekitError) => void;
  readonly onBack?: () => void;
  readonly onCopied?: (upTo: Position) => void;
  /** The log has everything so far, and more may come: told once a run. */
  readonly onCaughtUp?: (run: RunIdentity, copied: number) => void;
  /** The store was emptied and another run begun: what was copied of the one before, and the one that is copied now. */
  readonly onOtherRun?: (before: CopyEnd, run: RunIdentity) => void;
};

export type CopyEnd = {
  /** Undefined where there was none yet; the last one where there were several. */
  readonly run: RunIdentity | undefined;
  /** Events of it that this call brought into the log, each once however often it had to be given. */
  readonly copied: number;
  /** The feed has ended and the log has everything; otherwise the signal aborted. */
  readonly isComplete: boolean;
};

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/**
 * Copies a run from its store to the log, in order, up to where all services are done; ends when it has everything of a
 * feed that has ended, or when the signal aborts.
 *
 * The log's own mark says from where: it is asked for at the start and whenever the log says that it stands elsewhere. A log that is away
 * costs lag, nothing else: it is tried again for ever, and nothing piles up meanwhile. Nothing that trades waits for this.
 */
export async function runEventLogCopier(options: LogCopierOptions): Promise<CopyEnd> {
  const { store, signal } = options;
  let run: RunIdentity | undefined;
  let hasTold = false;
  let copier = createCopier(options);
  const endOf = (isComplete: boolean): CopyEnd => ({ run, copied: copier.copied, isComplete });
  for await (const done of store.watch(signal)) {
    const held = await store.run();
    if (held === undefined) continue;
    if (held.id !== run?.id) {
      if (run !== undefined) options.onOtherRun?.(endOf(false), held);
      run = held;
      hasTold = false;
      copier = createCopier(options);
    }
    const limit = settledUpTo(done);
    const hasAll = await copier.copyUpTo(run, limit);
    if (signal.aborted) break;
    if (!hasAll) continue;
    if (options.follow !== true && (await hasFeedEnded(store, limit))) return endOf(true);
    if (!hasTold) options.onCaughtUp?.(run, copier.copied);
    hasTold = true;
  }
  return endOf(false);
}

function createCopier(options: LogCopierOptions) {
  const { store, log, clock, signal, batchMax = READ_MAX } = options;
  /** Of the log; undefined where it must be asked for. */
  let mark: Position | undefined;
  let pauseMs = 0;
  let copied = 0;
  let countedTo = BEFORE_ALL;
  /** Handed over and not yet known to be there. */
  let given = { upTo: BEFORE_ALL, count: 0 };

  /** False where the store holds another run by now, whose events these may be. */
  async function copyBatch(run: RunIdentity, from: Position, limit: Position): Promise<boolean> {
    const events = await store.read({ after: from, upTo: limit, max: batchMax });
    if ((await store.run())?.id !== run.id) return false;
    const last = events.at(-1);
    const upTo = last === undefined || events.length < batchMax ? limit : last.position;
    given = {
      upTo,
      count: events.filter(({ position }) => comparePositions(position, countedTo) > 0).length,
    };
    const answer = await onLog(() => log.append({ run, from, upTo, events } satisfies LogBatch));
    mark = answer === 'ok' ? upTo : undefined;
    if (answer !== 'ok') return true;
    welcomeBack();
    count(upTo);
    options.onCopied?.(upTo);
    return true;
  }

  /** A log that stands there has what was given, also where its answer was lost. */
  function count(at: Position): void {
    if (comparePositions(at, given.upTo) < 0 || comparePositions(given.upTo, countedTo) <= 0) return;
    copied += given.count;
    countedTo = given.upTo;
  }

  /** undefined where the log is away, after a pause. */
  async function onLog<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await untilAborted(work(), signal);
      return signal.aborted ? undefined : value;
    } catch (error) {
      if (!(error instanceof TradekitError) || error.code !== 'CONNECTION') throw error;
      if (pauseMs === 0) options.onAway?.(error);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs === 0 ? FIRST_PAUSE_MS : pauseMs * 2);
      await clock.sleep(pauseMs, signal);
      return undefined;
    }
  }

  /** It is back when it has taken something, or has it all; a log that tells its mark may still take nothing. */
  function welcomeBack(): void {
    if (pauseMs > 0) options.onBack?.();
    pauseMs = 0;
  }

  async function markOf(run: RunIdentity): Promise<Position> {
    return (await log.runs()).find(({ id }) => id === run.id)?.mark ?? BEFORE_ALL;
  }

  return {
    get copied() {
      return copied;
    },
    /** Whether the log has all of the run up to there. */
    async copyUpTo(run: RunIdentity, limit: Position): Promise<boolean> {
      while (!signal.aborted) {
        const from = mark ?? (await onLog(() => markOf(run)));
        if (from === undefined) continue;
        mark = from;
        count(from);
        if (comparePositions(from, limit) >= 0) {
          welcomeBack();
          return true;
        }
        if (!(await copyBatch(run, from, limit))) return false;
      }
      return false;
    },
  };
}

/** Who is told to end does not wait for a server that does not answer: the log's own mark knows what was done. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
