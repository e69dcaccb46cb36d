import { TradekitError } from '../core/domain/error.ts';
import { redactUrl } from '../core/domain/redact-url.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { StoreReader } from '../core/ports/store.ts';
import { type CopyEnd, runEventLogCopier } from '../core/services/event-log-copier.ts';
import { formatCounted } from '../core/views/numbers.ts';

export type CopyJob = {
  /** URLs, as the user gave them: never shown whole. */
  readonly from: string;
  readonly to: string;
  readonly openStore: (url: string) => Promise<StoreReader>;
  readonly openLog: (url: string) => Promise<EventLog>;
  readonly follow: boolean;
  /** Beside the run itself, which shows by itself that it goes on. */
  readonly beside?: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears what there is to know, line by line. */
  readonly say: (line: string) => void;
};

/** Copies a run into an event log until its feed has ended or Ctrl-C; says when the log goes and comes back. */
export async function copyLog(job: CopyJob): Promise<void> {
  const { openStore, openLog, clock, signal, follow, say } = job;
  await using store = await openStore(job.from);
  await using log = await openLog(job.to);
  say(`Copying ${redactUrl(job.from)} into ${redactUrl(job.to)}. Ctrl-C ends it.`);
  const end = await runEventLogCopier({
    store,
    log,
    clock,
    signal,
    follow,
    onAway: (error) =>
      say(`${error.message} It is tried again until it is back; trading does not wait for it.`),
    onBack: () => say('The event log is back.'),
    ...(job.beside === true
      ? {}
      : {
          onCaughtUp: (run, copied) =>
            say(
              `Copied ${formatCounted(copied, 'event')} of the run ${run.id}, all that there are so far. More are waited for.`,
            ),
        }),
    onOtherRun: ({ run, copied }, { id }) =>
      say(
        `The store holds another run now, ${id}: it is copied beside ${run?.id}, of which the log was given ${formatCounted(copied, 'event')}.`,
      ),
  });
  say(sentenceOf(end));
}

function sentenceOf({ run, copied, isComplete }: CopyEnd): string {
  if (run === undefined) return 'There was no run to copy yet.';
  const events = `Copied ${formatCounted(copied, 'event')} of the run ${run.id}`;
  return isComplete ? `${events}: the log has all of it.` : `${events}; tradekit log goes on from there.`;
}

/**
 * The same beside the run that makes the store. Trading never depends on it: what it fails of is said, and the run goes on.
 *
 * @returns what to do when the run has ended: to wait for the last events of a feed that is over, else to stop
 */
export function copyBeside(job: Omit<CopyJob, 'follow'>): (isOver: boolean) => Promise<void> {
  const stop = new AbortController();
  const copying = copyLog({
    ...job,
    follow: false,
    beside: true,
    signal: AbortSignal.any([job.signal, stop.signal]),
  }).catch((error: unknown) => {
    if (!(error instanceof TradekitError)) throw error;
    job.say(`${error.message} ${error.hint ?? ''} The run goes on without the copy.`);
  });
  return async (isOver) => {
    if (!isOver) stop.abort();
    await copying;
  };
}
