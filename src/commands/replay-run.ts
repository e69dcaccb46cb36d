import type { ReplaySettings } from '../core/config/settings.ts';
import type { TradekitEvent } from '../core/domain/events/events.ts';
import { createFunnel, type FunnelCounter } from '../core/domain/performance/funnel.ts';
import type { BacktestResult } from '../core/domain/performance/result.ts';
import { toMinor } from '../core/domain/trading/money.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Digest } from '../core/ports/digest.ts';
import { runPacedReplay } from '../core/services/paced-replay.ts';
import { type EventLineOptions, eventLine } from '../core/views/event-line.ts';
import { funnelLine } from '../core/views/funnel-line.ts';
import { drawRunSummary } from '../core/views/run-summary.ts';
import { type History, historyUntil } from './history.ts';
import { moneyOf, resultOf } from './run-result.ts';
import { styleOf } from './terminal.ts';

export type ReplayJob = {
  readonly history: History;
  /** What is replayed, as a reader would say it. */
  readonly source: string;
  readonly replay: ReplaySettings;
  readonly createDigest: () => Digest;
  readonly codeVersion: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** A session of the market passes in a second: thirty days of candles in half a minute. */
const MARKET_SECONDS = 22_500;

/** Replays history through the whole pipeline, a line for each order, fill and close, until it ends or Ctrl-C. */
export async function replay(job: ReplayJob): Promise<void> {
  const { history, createDigest, codeVersion, clock, signal } = job;
  const speed = job.replay.speed ?? MARKET_SECONDS;
  const digest = createDigest();
  process.stderr.write(`${introduction(job, speed)}\n`);
  const printer = createPrinter(history, job.replay.verbose);
  const { run, nextAt } = await runPacedReplay(history.input, {
    clock,
    speed,
    signal,
    digest,
    onEvent: printer.onEvent,
  });
  printer.endSession();
  const result = resultOf({ history: historyUntil(history, nextAt), run, digest, createDigest, codeVersion });
  const interrupted = nextAt === Number.POSITIVE_INFINITY ? undefined : stillOpen(result);
  const options = { interrupted, next: NEXT };
  process.stdout.write(`\n${drawRunSummary(result, options, styleOf(process.stdout))}`);
}

function stillOpen({ funnel, equity, total }: BacktestResult) {
  return {
    openPositions: funnel.filled - funnel.closed,
    markedMinor: equity.endMinor - equity.startingMinor - total.netMinor,
  };
}

const NEXT = [
  'tradekit backtest data.csv   the same over candles of your own, with a full report and the trades as CSV',
  'tradekit init                strategies.json and tradekit.json to change',
  'tradekit run-all --verbose   every signal, plan and rejection with its reason',
];

function introduction({ history, source }: ReplayJob, speed: number | 'max'): string {
  const { input, strategiesFile, market } = history;
  const symbols = input.instruments.map(({ symbol }) => symbol).join(', ');
  const pace =
    speed === 'max' ? 'as fast as it goes' : `${speed.toLocaleString('en')} times faster than the market`;
  return [
    `Replaying ${source}: ${symbols}, ${pace}.`,
    `${input.strategies.length} strategies of ${strategiesFile}; market ${market.name}, ${market.costs.summary}. Ctrl-C ends it with a summary.`,
  ].join('\n');
}

/** What a replay shows while it runs. */
interface Printer {
  onEvent(event: TradekitEvent): void;
  /** The funnel line of the session under way. */
  endSession(): void;
}

/** Prints events as lines, and a funnel line for each session once the next one opens: nothing of it can follow then. */
function createPrinter(history: History, verbose: boolean): Printer {
  const money = moneyOf(history);
  const style = styleOf(process.stdout);
  const decimals = new Map(history.input.instruments.map((of) => [of.symbol, of.decimals]));
  const decimalsOf = (symbol: string): number => decimals.get(symbol) ?? 2;
  const options: EventLineOptions = { style, zone: history.market.calendar.zone, money, decimalsOf, verbose };
  let session: { readonly date: string; readonly funnel: FunnelCounter; netMinor: number } | undefined;

  function endSession(): void {
    if (session === undefined) return;
    const { date, funnel, netMinor } = session;
    print(funnelLine({ date, funnel: funnel.read(), netMinor }, money, style));
    session = undefined;
  }

  return {
    endSession,
    onEvent(event) {
      if (event.type === 'SESSION_OPENED') {
        endSession();
        session = { date: event.session, funnel: createFunnel(), netMinor: 0 };
      }
      session?.funnel.count(event);
      if (event.type === 'POSITION_CLOSED' && session !== undefined) {
        session.netMinor += toMinor(event.netPnl, money.minorDigits);
      }
      const line = eventLine(event, options);
      if (line !== undefined) print(line);
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
