import { TradekitError } from '../core/domain/error.ts';
import { BEFORE_ALL } from '../core/domain/events/position.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { FeedDescription } from '../core/ports/feed.ts';
import type { Launcher } from '../core/ports/processes.ts';
import type { RunIdentity, StoreReader } from '../core/ports/store.ts';
import { createRecords } from '../core/services/backtest.ts';
import { followEvents, settledUpTo } from '../core/services/follow-events.ts';
import { createPatientReader } from '../core/services/pipeline/patient-store.ts';
import { createRecordFold } from '../core/services/record-fold.ts';
import { isRunOver } from '../core/services/run-is-over.ts';
import { parseRunNote } from '../core/services/run-note.ts';
import { type SupervisedService, superviseServices } from '../core/services/supervise.ts';
import type { NextStep } from '../core/views/run-summary.ts';
import type { Choice } from './choice.ts';
import { createEventPrinter, type EventPrinter } from './event-printer.ts';
import { type History, historyUntil } from './history.ts';
import type { Notices } from './notices.ts';
import { sayOverAlready, writeSummary } from './run-end.ts';
import { createRunGuard } from './run-guard.ts';
import { resultOf } from './run-result.ts';
import { awaitRun } from './service-run.ts';
import { setupOf } from './setup.ts';
import { tellLines } from './terminal.ts';

type ReadFeed = { readonly history: History; readonly feed: FeedDescription };

export type ServicesRunJob = {
  readonly reader: StoreReader;
  /** Where the store is, without a password. */
  readonly shown: string;
  readonly services: readonly SupervisedService[];
  readonly launcher: Launcher;
  readonly choice: Choice;
  /** What the screen reads, for what its data say of the result. */
  readonly openTraded: () => Promise<ReadFeed>;
  /** @throws CONFIG where the run was begun otherwise than this one is */
  readonly checkRun: (run: RunIdentity, feed: FeedDescription) => void;
  /** Copies the events into the log, as the service does; gives the way to wait for the end of it. */
  readonly copyLog: () => (isOver: boolean) => Promise<void>;
  readonly notices: Notices;
  /** Shows the run in place of lines, until it is quit or the signal aborts; where the feed has ended (`over`) it may stay. */
  readonly dashboard?:
    | ((run: RunIdentity, signal: AbortSignal, over: AbortSignal) => Promise<void>)
    | undefined;
  readonly storeTimeoutMs: number;
  readonly createDigest: () => Digest;
  readonly codeVersion: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Runs every service in a process of its own, and shows the run that they make, until the feed ends, Ctrl-C or `q`. */
export async function runServices(job: ServicesRunJob): Promise<void> {
  const { clock, storeTimeoutMs, notices } = job;
  const over = new AbortController();
  const ending = new AbortController();
  const signal = AbortSignal.any([job.signal, ending.signal]);
  const reader = createPatientReader(job.reader, {
    clock,
    timeoutMs: storeTimeoutMs,
    signal: AbortSignal.any([signal, over.signal]),
    say: (line) => notices.say(`run-all: ${line}`),
  });
  if (await isRunOver(reader)) return await tellAgain({ ...job, reader });
  const guard = createRunGuard(job.reader, job.shown);
  const supervised = superviseServices({
    ...job,
    signal,
    say: notices.say,
    checkAgain: guard.check,
  }).finally(() => over.abort());
  // What cannot be seen any more is not left running: the services are stopped first, then it is said why.
  const shown = show({ ...job, reader, signal }, over.signal, guard.begins, () => ending.abort());
  shown.catch(() => ending.abort());
  const [supervision, seen] = await Promise.allSettled([supervised, shown]);
  if (supervision.status === 'rejected') throw supervision.reason;
  if (seen.status === 'rejected') throw seen.reason;
  if (seen.value !== undefined) await summarise(seen.value, (await job.openTraded()).history, job);
}

/** A run of which nothing is left to do: its services are not started, and its trades not told a second time. */
async function tellAgain(job: ServicesRunJob): Promise<void> {
  const run = await job.reader.run();
  if (run === undefined) return;
  const { history, feed } = await job.openTraded();
  job.checkRun(run, feed);
  const told = await tell(run, job, AbortSignal.abort());
  checkCandles(told, history);
  sayOverAlready(run.id);
  const endCopy = job.copyLog();
  await summarise(told, history, job);
  await endCopy(true);
}

/** The screen would refuse them one by one. A feed of which nothing is read before it begins has none to compare. */
function checkCandles({ run, candles }: Told, { input }: History): void {
  const now = input.columns.reduce((sum, { length }) => sum + length, 0);
  if (input.columns.length === 0 || now === candles) return;
  const counts = `${candles.toLocaleString('en')} candles, not ${now.toLocaleString('en')}`;
  throw new TradekitError('CONFIG', `The run "${run.id}" was made of other data: of ${counts}.`, {
    hint: 'Name the feed, --from and --to that it began with, or start a new run in another store.',
  });
}

/** `end` stops the services: the dashboard was quit, or there is nothing to be seen any more. */
async function show(
  job: ServicesRunJob,
  over: AbortSignal,
  begins: (run: RunIdentity) => void,
  end: () => void,
): Promise<Told | undefined> {
  const { reader, shown, clock, signal, choice, dashboard } = job;
  const run = await awaitRun('run-all', reader, shown, clock, AbortSignal.any([over, signal]));
  if (run === undefined) return undefined;
  begins(run);
  const telling = tell(run, job, over, dashboard === undefined ? printerOf(run, choice) : undefined);
  const stopped = new AbortController();
  const ended = new AbortController();
  telling.then(
    ({ nextAt }) => (nextAt === Number.POSITIVE_INFINITY ? ended : stopped).abort(),
    () => end(),
  );
  const screen = dashboard?.(run, AbortSignal.any([stopped.signal, signal]), ended.signal).finally(end);
  const [told, left] = await Promise.allSettled([telling, screen]);
  if (told.status === 'rejected') throw told.reason;
  if (left.status === 'rejected') throw left.reason;
  return told.value;
}

function printerOf(run: RunIdentity, { market, settings }: Choice): EventPrinter {
  return createEventPrinter({
    instruments: parseRunNote(run.feed).feed.instruments,
    zone: market.calendar.zone,
    money: { currency: market.currency, minorDigits: market.minorDigits },
    verbose: settings.replay.verbose,
  });
}

type Told = Awaited<ReturnType<typeof tell>>;

/** Takes the run's events until it is over, tells them in lines where there is a printer, and gives what they came to. */
async function tell(run: RunIdentity, job: ServicesRunJob, over: AbortSignal, printer?: EventPrinter) {
  const { reader, choice } = job;
  const digest = job.createDigest();
  const records = createRecords(choice.settings.risk, choice.market, digest);
  const fold = createRecordFold(setupOf(choice, parseRunNote(run.feed).feed), records);
  for await (const events of followEvents(reader, BEFORE_ALL, over)) {
    for (const recorded of events) {
      const event = fold.take(recorded);
      printer?.onEvent(event);
    }
  }
  printer?.endSession();
  fold.end(settledUpTo(await reader.done()));
  return { run, records, digest, candles: fold.candles, nextAt: fold.nextAt };
}

async function summarise(
  { run, records, digest, nextAt }: Told,
  history: History,
  job: ServicesRunJob,
): Promise<void> {
  const { shown, createDigest, codeVersion } = job;
  const isOver = nextAt === Number.POSITIVE_INFINITY;
  const isHalted = (await job.reader.key('TG:KILL')) !== undefined;
  const of = { history: historyUntil(history, nextAt), run: records.read(), digest };
  writeSummary(resultOf({ ...of, createDigest, codeVersion }), isOver, nextOf(shown, isOver, isHalted));
  tellLines(
    isOver
      ? `The run ${run.id} is over and stays on ${shown}.\nA new run needs an empty Redis, or another of its databases, such as redis://localhost:6379/1.`
      : `The run ${run.id} stays on ${shown}: the same command goes on with it.`,
  );
}

function nextOf(shown: string, isOver: boolean, isHalted: boolean): readonly NextStep[] {
  const lift = {
    command: 'redis-cli DEL TG:KILL',
    does: 'takes the kill switch away; until then it stands',
  };
  const resume = {
    command: `tradekit run-all --redis ${shown}`,
    does: 'goes on with this run where it stopped',
  };
  const query = {
    command: `tradekit log query --redis ${shown}`,
    does: 'the events of this run, by channel, symbol, strategy or signal',
  };
  return [...(isHalted && !isOver ? [lift] : []), ...(isOver ? [] : [resume]), query];
}
