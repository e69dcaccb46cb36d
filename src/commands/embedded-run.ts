import type { ReplaySettings } from '../core/config/settings.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { FeedDescription } from '../core/ports/feed.ts';
import type { RunIdentity, Store } from '../core/ports/store.ts';
import { createRecords } from '../core/services/backtest.ts';
import { type EmbeddedJob, runEmbedded } from '../core/services/embedded.ts';
import { MARKET_SECONDS } from '../core/services/paced-feed.ts';
import { keepBeating } from '../core/services/pipeline/heartbeats.ts';
import { isRunOver } from '../core/services/run-is-over.ts';
import { formatCounted } from '../core/views/numbers.ts';
import type { NextStep } from '../core/views/run-summary.ts';
import { createEventPrinter } from './event-printer.ts';
import { type History, historyUntil } from './history.ts';
import { sayOverAlready, writeSummary } from './run-end.ts';
import { moneyOf, resultOf } from './run-result.ts';
import { setupOf } from './setup.ts';
import { tellLines } from './terminal.ts';

export type EmbeddedRunJob = Pick<EmbeddedJob, 'openFeed' | 'signal'> & {
  readonly history: History;
  readonly feed: FeedDescription;
  /** What is replayed, as a reader would say it. */
  readonly source: string;
  readonly store: Store;
  /** Where the run is kept, as a reader would say it. */
  readonly keptIn: string;
  readonly run: RunIdentity;
  readonly takeOver: boolean;
  readonly replay: ReplaySettings;
  readonly createDigest: () => Digest;
  readonly codeVersion: string;
  readonly clock: Clock;
  /** Shows the run in place of lines, until it is quit or the signal aborts; where the feed has ended (`over`) it may stay. */
  readonly dashboard?: ((signal: AbortSignal, over: AbortSignal) => Promise<void>) | undefined;
};

/** Runs the whole pipeline in this process and shows it, in lines or on the dashboard, until the feed ends (true) or it is quit. */
export async function runInOneProcess(job: EmbeddedRunJob): Promise<boolean> {
  const { history, createDigest, codeVersion, store, clock } = job;
  const printer = createEventPrinter({
    instruments: job.feed.instruments,
    zone: history.market.calendar.zone,
    money: moneyOf(history),
    verbose: job.replay.verbose,
  });
  let digest = createDigest();
  const ending = new AbortController();
  let beating: Promise<void> | undefined;
  tellLines(introduction(job));
  const wasOver = await isRunOver(store);
  if (wasOver) sayOverAlready(job.run.id);
  const quit = new AbortController();
  const signal = AbortSignal.any([job.signal, quit.signal]);
  const over = new AbortController();
  const broken = new AbortController();
  // What is over already is not watched: dash-tui shows it.
  const shown = wasOver
    ? undefined
    : job.dashboard?.(AbortSignal.any([signal, broken.signal]), over.signal).finally(() => quit.abort());
  const running = runEmbedded({
    ...job,
    signal,
    setup: setupOf({ ...history, strategies: history.input.strategies }, job.feed),
    createRecords() {
      digest = createDigest();
      return createRecords(history.input.risk, history.market, digest);
    },
    onStart(tenures) {
      beating = keepBeating(store, tenures, clock, ending.signal);
      const { n } = tenures.exec.done;
      if (n > 0 && shown === undefined && !wasOver)
        tellLines(
          `Going on with it: its first ${n.toLocaleString('en')} instants are folded again, unshown.`,
        );
    },
    onEvents: (events, isNew) => {
      if (shown !== undefined) return;
      for (const { event } of events) printer.onEvent(event, isNew);
    },
  });
  running.then(
    () => over.abort(),
    () => broken.abort(),
  );
  const { records, nextAt } = await running.finally(() => {
    ending.abort();
    return Promise.all([beating, shown]);
  });
  printer.endSession();
  const run = records.read();
  const result = resultOf({ history: historyUntil(history, nextAt), run, digest, createDigest, codeVersion });
  const isOver = nextAt === Number.POSITIVE_INFINITY;
  const isHalted = (await store.key('TG:KILL')) !== undefined;
  writeSummary(result, isOver, nextOf(isOver, isHalted));
  return isOver;
}

function nextOf(isOver: boolean, isHalted: boolean): readonly NextStep[] {
  const resume = isHalted
    ? {
        command: 'tradekit run-all --resume --allow-entries',
        does: 'takes the kill switch away and goes on; without the flag it stands',
      }
    : { command: 'tradekit run-all --resume', does: 'goes on with this run where it stopped' };
  const query = {
    command: 'tradekit log query',
    does: 'the events of this run, by channel, symbol, strategy or signal',
  };
  return isOver ? [query] : [resume, query];
}

function introduction({ history, feed, source, replay, run, keptIn }: EmbeddedRunJob): string {
  const { input, strategiesFile, market } = history;
  const speed = replay.speed ?? MARKET_SECONDS;
  const symbols = feed.instruments.map(({ symbol }) => symbol).join(', ');
  const pace =
    speed === 'max' ? 'as fast as it goes' : `${speed.toLocaleString('en')} times faster than the market`;
  return [
    `Replaying ${source}: ${symbols}, ${pace}.`,
    `${formatCounted(input.strategies.length, 'strategy', 'strategies')} of ${strategiesFile}; market ${market.name}, ${market.costs.summary}.`,
    `Run ${run.id}, every event kept in ${keptIn}. Ctrl-C ends it with a summary.`,
  ].join('\n');
}
