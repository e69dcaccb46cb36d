import { parseChannels } from '../core/config/channels-flag.ts';
import type { DataSettings } from '../core/config/settings.ts';
import {
  BEFORE_ALL,
  comparePositions,
  endOfRank,
  type Position,
  RANK,
} from '../core/domain/events/position.ts';
import type { Market } from '../core/domain/market/market.ts';
import { redactUrl } from '../core/domain/redact-url.ts';
import type { EventLogReader, LoggedRun, LogQuery } from '../core/ports/event-log.ts';
import { defined } from './defined.ts';
import { type Flags, textFlag } from './flags.ts';
import { instantOf } from './history.ts';
import { checkSymbol } from './log-instruments.ts';
import { createLogPrinter, type LogForm } from './log-printer.ts';
import { createLogReaders, type LogReaders } from './log-readers.ts';
import { type FoundRun, findRuns } from './log-runs.ts';
import type { LogPlaces } from './log-source.ts';
import { unknownStrategy } from './log-strategies.ts';

export type ReadJob = {
  readonly places: LogPlaces;
  readonly open: (url: string) => Promise<EventLogReader>;
  readonly flags: Flags;
  /** `--from` and `--to`. */
  readonly times: Pick<DataSettings, 'from' | 'to'>;
  /** The market that a run trades on, as far as it is known. */
  readonly marketOf: (run: LoggedRun) => Market;
  readonly signal: AbortSignal;
};

type Filter = Omit<LogQuery, 'run'>;

/** Prints the events that fit; says on stderr where there is none. */
export async function queryEvents(job: ReadJob): Promise<void> {
  const filter = filterOf(job);
  await using readers = createLogReaders(job.open);
  const found = await runsOf(job, readers);
  const runs = found.map(({ run }) => run);
  checkSymbol(filter.symbol, runs);
  const print = createLogPrinter(formOf(job.flags), job.marketOf);
  const limit = Number(job.flags['limit'] ?? Number.POSITIVE_INFINITY);
  let printed = 0;
  for (const { run, from } of found) {
    const log = await readers.of(from);
    for await (const event of log.read({ ...filter, ...timesIn(run, job), run: run.id })) {
      if (job.signal.aborted || printed === limit) return;
      print(run, event);
      printed += 1;
    }
  }
  if (printed > 0) return;
  say(nothing(runs, { ...filter, ...job.times }));
  const stranger = await unknownStrategy(filter.strategy, found, readers);
  if (stranger !== undefined) say(stranger);
}

/** Prints the last events that fit, and each new one as it comes, until the feed has ended or Ctrl-C. */
export async function tailEvents(job: ReadJob): Promise<void> {
  const { last = 10, ...filter } = filterOf(job);
  await using readers = createLogReaders(job.open);
  const found = (await runsOf(job, readers)).at(-1);
  if (found === undefined) return;
  const { run, from } = found;
  const log = await readers.of(from);
  checkSymbol(filter.symbol, [run]);
  say(`The run ${run.id} in ${redactUrl(from)}. Ctrl-C ends it.`);
  const times = timesIn(run, job);
  const print = createLogPrinter(formOf(job.flags), job.marketOf);
  let after: Position | undefined;
  for await (const mark of log.watch(run.id, job.signal)) {
    const range = after === undefined ? { last } : { after };
    for await (const event of log.read({ ...filter, ...times, ...range, run: run.id, upTo: mark })) {
      if (job.signal.aborted) return;
      print(run, event);
    }
    if (await hasEnded(log, run.id, mark)) return say(`The feed of the run ${run.id} has ended.`);
    after = mark;
  }
}

/** FEED_ENDED is the last event of its channel, and exec is done with it. */
async function hasEnded(log: EventLogReader, run: string, mark: Position): Promise<boolean> {
  if (comparePositions(mark, endOfRank(mark.n, RANK.accepted)) < 0) return false;
  const after = mark.n === 0 ? BEFORE_ALL : endOfRank(mark.n - 1, RANK.outside);
  let ended = false;
  for await (const { line } of log.read({ run, after, upTo: mark, channels: ['MARKET.CANDLE'], last: 1 }))
    ended = (JSON.parse(line) as { readonly type?: unknown }).type === 'FEED_ENDED'; // an event has one
  return ended;
}

function filterOf({ flags }: ReadJob): Filter {
  const channel = textFlag(flags, 'channel');
  return defined({
    channels: channel === undefined ? undefined : parseChannels(channel),
    symbol: textFlag(flags, 'symbol'),
    strategy: textFlag(flags, 'strategy'),
    correlationId: textFlag(flags, 'correlation'),
    last: typeof flags['last'] === 'number' ? flags['last'] : undefined,
  });
}

/** `--from` and `--to`, exchange time of the run's market. */
function timesIn(
  run: LoggedRun,
  { times: { from, to }, marketOf }: ReadJob,
): Pick<Filter, 'fromAt' | 'toAt'> {
  const { zone } = marketOf(run).calendar;
  return defined({
    fromAt: from === undefined ? undefined : instantOf(from, zone, 0),
    toAt: to === undefined ? undefined : endOf(to, zone),
  });
}

/** The instant itself, or the last one of the day. */
function endOf(to: NonNullable<DataSettings['to']>, zone: string): number {
  return instantOf(to, zone, DAY_MS) - (to.timeOfDayMs === undefined ? 1 : 0);
}

const DAY_MS = 86_400_000;

function formOf({ json, csv }: Flags): LogForm {
  if (json === true) return 'json';
  return csv === true ? 'csv' : 'lines';
}

function runsOf({ places, flags }: ReadJob, readers: LogReaders): Promise<readonly FoundRun[]> {
  return findRuns({ places, readers, named: textFlag(flags, 'run'), say });
}

function nothing(runs: readonly LoggedRun[], asked: object): string {
  const whose = runs.length === 1 ? `The run ${runs[0]?.id}` : `None of ${runs.length} runs`;
  const all = Object.keys(asked).length === 0;
  return all ? `${whose} has no event yet.` : `${whose} has no event that fits.`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
