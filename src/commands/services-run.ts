import { decode } from '../core/domain/events/decode.ts';
import type { TradekitEvent } from '../core/domain/events/events.ts';
import { BEFORE_ALL } from '../core/domain/events/position.ts';
import { createFunnel } from '../core/domain/performance/funnel.ts';
import type { Money } from '../core/domain/performance/result.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Launcher } from '../core/ports/processes.ts';
import type { RunIdentity, StoreReader } from '../core/ports/store.ts';
import { followEvents } from '../core/services/follow-events.ts';
import { createPatientReader } from '../core/services/pipeline/patient-store.ts';
import { parseRunNote } from '../core/services/run-note.ts';
import { type SupervisedService, superviseServices } from '../core/services/supervise.ts';
import { createClosedTally } from '../core/views/closed-tally.ts';
import { drawFunnel } from '../core/views/report/funnel.ts';
import { drawSections } from '../core/views/report.ts';
import type { Style } from '../core/views/style.ts';
import { createEventPrinter } from './event-printer.ts';
import type { Notices } from './notices.ts';
import { awaitRun } from './service-run.ts';
import { styleOf, tellLines } from './terminal.ts';

export type ServicesRunJob = {
  readonly reader: StoreReader;
  /** Where the store is, without a password. */
  readonly shown: string;
  readonly services: readonly SupervisedService[];
  readonly launcher: Launcher;
  readonly zone: string;
  readonly money: Money;
  readonly notices: Notices;
  /** Shows the run in place of lines, until it is quit or the signal aborts. */
  readonly dashboard?: ((run: RunIdentity, signal: AbortSignal) => Promise<void>) | undefined;
  readonly verbose: boolean;
  readonly storeTimeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Runs every service in a process of its own, and shows the run that they make, until the feed ends, Ctrl-C or `q`. */
export async function runServices(job: ServicesRunJob): Promise<void> {
  const { clock, storeTimeoutMs, notices } = job;
  const over = new AbortController();
  const ending = new AbortController();
  const signal = AbortSignal.any([job.signal, ending.signal]);
  const supervised = superviseServices({ ...job, signal, say: notices.say }).finally(() => over.abort());
  const reader = createPatientReader(job.reader, {
    clock,
    timeoutMs: storeTimeoutMs,
    signal: AbortSignal.any([signal, over.signal]),
    say: (line) => notices.say(`run-all: ${line}`),
  });
  // What cannot be seen any more is not left running: the services are stopped first, then it is said why.
  const shown = show({ ...job, reader, signal }, over.signal, () => ending.abort());
  shown.catch(() => ending.abort());
  const ends = await Promise.allSettled([supervised, shown]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** `end` stops the services: the dashboard was quit, or there is nothing to be seen any more. */
async function show(job: ServicesRunJob, over: AbortSignal, end: () => void): Promise<void> {
  const { reader, shown, clock, signal } = job;
  const run = await awaitRun('run-all', reader, shown, clock, AbortSignal.any([over, signal]));
  if (run === undefined) return;
  const telling = tell(run, job, over);
  telling.catch(end);
  const screen = job.dashboard?.(run, AbortSignal.any([over, signal])).finally(end);
  const [told, left] = await Promise.allSettled([telling, screen]);
  if (told.status === 'rejected') throw told.reason;
  if (left.status === 'rejected') throw left.reason;
  const style = styleOf(process.stdout);
  const { sections, hasEnded } = told.value;
  process.stdout.write(`${drawSections(sections(style), style).join('\n')}\n`);
  tellLines(
    hasEnded
      ? `The run ${run.id} is over and stays on ${shown}.\nA new run needs an empty Redis, or another of its databases, such as redis://localhost:6379/1.`
      : `The run ${run.id} stays on ${shown}: the same command goes on with it.`,
  );
}

/** Tells the run in lines where there is no dashboard, and gives what its summary says. */
async function tell(run: RunIdentity, job: ServicesRunJob, over: AbortSignal) {
  const { reader, zone, money, verbose, dashboard } = job;
  const { instruments } = parseRunNote(run.feed).feed;
  const printer =
    dashboard === undefined ? createEventPrinter({ instruments, zone, money, verbose }) : undefined;
  const funnel = createFunnel();
  const closed = createClosedTally(money);
  let hasEnded = false;
  function see(event: TradekitEvent): void {
    hasEnded ||= event.type === 'FEED_ENDED';
    printer?.onEvent(event);
    funnel.count(event);
    closed.count(event);
  }
  for await (const events of followEvents(reader, BEFORE_ALL, over)) {
    for (const { line, channel } of events) {
      // Candles are most of the events, and none of what is shown here.
      if (channel !== 'MARKET.CANDLE' || !line.includes('CANDLE_CLOSED')) see(decode(line));
    }
  }
  printer?.endSession();
  return {
    hasEnded,
    sections: (style: Style): Parameters<typeof drawSections>[0] => [
      ['Funnel', drawFunnel(funnel.read(), style)],
      ['Closed', closed.draw(style)],
    ],
  };
}
