import { decode } from '../core/domain/events/decode.ts';
import type { TradekitEvent } from '../core/domain/events/events.ts';
import { BEFORE_ALL } from '../core/domain/events/position.ts';
import { createFunnel } from '../core/domain/performance/funnel.ts';
import type { Money } from '../core/domain/performance/result.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Launcher } from '../core/ports/processes.ts';
import type { StoreReader } from '../core/ports/store.ts';
import { followEvents } from '../core/services/follow-events.ts';
import { createPatientReader } from '../core/services/pipeline/patient-store.ts';
import { parseRunNote } from '../core/services/run-note.ts';
import { type SupervisedService, superviseServices } from '../core/services/supervise.ts';
import { createClosedTally } from '../core/views/closed-tally.ts';
import { drawFunnel } from '../core/views/report/funnel.ts';
import { drawSections } from '../core/views/report.ts';
import { createEventPrinter } from './event-printer.ts';
import { awaitRun, say } from './service-run.ts';
import { styleOf } from './terminal.ts';

export type ServicesRunJob = {
  readonly reader: StoreReader;
  /** Where the store is, without a password. */
  readonly shown: string;
  readonly services: readonly SupervisedService[];
  readonly launcher: Launcher;
  readonly zone: string;
  readonly money: Money;
  readonly verbose: boolean;
  readonly storeTimeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Runs every service in a process of its own, and shows what they write, until the feed ends or Ctrl-C. */
export async function runServices(job: ServicesRunJob): Promise<void> {
  const { clock, signal, storeTimeoutMs } = job;
  const over = new AbortController();
  const blind = new AbortController();
  const supervised = superviseServices({
    ...job,
    signal: AbortSignal.any([signal, blind.signal]),
    say: (line) => process.stderr.write(`${line}\n`),
  }).finally(() => over.abort());
  const reader = createPatientReader(job.reader, {
    clock,
    timeoutMs: storeTimeoutMs,
    signal: AbortSignal.any([signal, over.signal]),
    say: (line) => say('run-all', line),
  });
  // What cannot be seen any more is not left running: the services are stopped first, then it is said why.
  const shown = show({ ...job, reader }, over.signal).catch((error: unknown) => {
    blind.abort();
    throw error;
  });
  const ends = await Promise.allSettled([supervised, shown]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function show(
  { reader, shown, zone, money, verbose, clock, signal }: ServicesRunJob,
  over: AbortSignal,
) {
  const run = await awaitRun('run-all', reader, shown, clock, AbortSignal.any([over, signal]));
  if (run === undefined) return;
  const { instruments } = parseRunNote(run.feed).feed;
  const printer = createEventPrinter({ instruments, zone, money, verbose });
  const funnel = createFunnel();
  const closed = createClosedTally(money);
  let hasEnded = false;
  function see(event: TradekitEvent): void {
    hasEnded ||= event.type === 'FEED_ENDED';
    printer.onEvent(event);
    funnel.count(event);
    closed.count(event);
  }
  for await (const events of followEvents(reader, BEFORE_ALL, over)) {
    for (const { line, channel } of events) {
      // Candles are most of the events, and none of what is shown here.
      if (channel !== 'MARKET.CANDLE' || !line.includes('CANDLE_CLOSED')) see(decode(line));
    }
  }
  printer.endSession();
  const style = styleOf(process.stdout);
  const sections = drawSections(
    [
      ['Funnel', drawFunnel(funnel.read(), style)],
      ['Closed', closed.draw(style)],
    ],
    style,
  );
  process.stdout.write(`${sections.join('\n')}\n`);
  process.stderr.write(
    hasEnded
      ? `The run ${run.id} is over and stays on ${shown}.\nA new run needs an empty Redis, or another of its databases, such as redis://localhost:6379/1.\n`
      : `The run ${run.id} stays on ${shown}: the same command goes on with it.\n`,
  );
}
