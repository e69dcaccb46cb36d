import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCandleFiles } from '../src/core/adapters/feed/csv/read-candle-files.ts';
import {
  CHANNEL_WRITERS,
  channelOf,
  STAGE_NAMES,
  type StageName,
} from '../src/core/domain/events/channels.ts';
import { encode } from '../src/core/domain/events/codec.ts';
import type { CandleClosed, TradekitEvent } from '../src/core/domain/events/events.ts';
import { candleId } from '../src/core/domain/events/ids.ts';
import {
  BEFORE_ALL,
  endOfInstant,
  endOfRank,
  type Position,
  RANK,
} from '../src/core/domain/events/position.ts';
import type { CandleColumns } from '../src/core/domain/market/candle.ts';
import { createMarket } from '../src/core/domain/market/presets/catalog.ts';
import type { Append, RunIdentity, Store } from '../src/core/ports/store.ts';
import { BUSY } from './laws/strategies.ts';
import { cutColumns, MINUTE_MS, type Run, runEngine, strategiesOf } from './run-engine.ts';
import { PROJECT } from './shared.ts';

/** A real run as a store has it: every event of bundled candles, in its position. */

export const RECORDED: RunIdentity = { id: 'july', configHash: 'c0ffee', feed: 'csv:july.csv' };

/** 2015-07-08 09:15 in Mumbai: two sessions of five shares come before. */
const THIRD_SESSION = Date.UTC(2015, 6, 8, 3, 45);

let recorded: Promise<readonly Append[]> | undefined;

/** The first sessions of the bundled month under busy strategies and the shipped ones, once per test file. */
export function recordedRun(): Promise<readonly Append[]> {
  recorded ??= record();
  return recorded;
}

async function record(): Promise<readonly Append[]> {
  const path = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
  const read = await readCandleFiles([path], {}, createMarket('nse').calendar);
  const columns = read.columns.map((of) => cutColumns(of, THIRD_SESSION));
  const shipped = strategiesOf(JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')));
  return numbered(
    columns,
    runEngine({ columns, strategies: [...BUSY, ...shipped], risk: { lock: 'position' } }),
  );
}

/** One instant: what was told in it, candles first. */
type Instant = { readonly candles: readonly CandleClosed[]; readonly told: readonly TradekitEvent[] };

function numbered(columns: readonly CandleColumns[], run: Run): readonly Append[] {
  return instantsOf(columns, run).flatMap(({ candles, told }, index) => {
    const counts = new Map<number, number>();
    let isDecided = false;
    return [...candles, ...told].map((event): Append => {
      isDecided ||= event.type === 'PLAN_VALIDATED' || event.type === 'PLAN_REJECTED';
      const rank = rankOf(event, isDecided);
      const i = counts.get(rank) ?? 0;
      counts.set(rank, i + 1);
      return { position: { n: index + 1, rank, i }, channel: channelOf(event), line: encode(event) };
    });
  });
}

function rankOf(event: TradekitEvent, isDecided: boolean): number {
  switch (channelOf(event)) {
    case 'MARKET.CANDLE':
      return RANK.feed;
    case 'SIGNALS.POTENTIAL':
      return RANK.signals;
    case 'SIGNALS.MSE_OUTPUT':
      return RANK.plans;
    case 'SIGNALS.RISK_VALIDATED':
    case 'SIGNALS.RISK_REJECTED':
      return RANK.decisions;
    default:
      return isDecided ? RANK.accepted : RANK.met;
  }
}

function instantsOf(columns: readonly CandleColumns[], { events, toldAt }: Run): readonly Instant[] {
  const instants = new Map<number, { candles: CandleClosed[]; told: TradekitEvent[] }>();
  function at(time: number) {
    const known = instants.get(time) ?? { candles: [], told: [] };
    instants.set(time, known);
    return known;
  }
  for (const candle of columns.flatMap(candlesOf)) at(candle.at).candles.push(candle);
  const endsAt = events.findIndex(({ type }) => type === 'FEED_ENDED');
  for (const [index, event] of events.slice(0, endsAt).entries()) at(toldAt[index] ?? 0).told.push(event);
  const inOrder = [...instants].sort(([a], [b]) => a - b).map(([, instant]) => instant);
  return [...inOrder, { candles: [], told: events.slice(endsAt) }];
}

function candlesOf(of: CandleColumns): readonly CandleClosed[] {
  return Array.from(of.openAt, (openAt, index) => ({
    id: candleId(of.symbol, '1m', openAt),
    v: 1,
    type: 'CANDLE_CLOSED',
    symbol: of.symbol,
    at: openAt + MINUTE_MS,
    openAt,
    timeframe: '1m',
    open: of.open[index] ?? 0,
    high: of.high[index] ?? 0,
    low: of.low[index] ?? 0,
    close: of.close[index] ?? 0,
    volume: of.volume?.[index] ?? 0,
  }));
}

/** Writes a run into a store as an embedded host does: one commit per instant, for all services together. */
export interface StoreWriter {
  /** Commits so many more instants; gives whether there are still more. */
  write(instants?: number): Promise<boolean>;
}

export async function openStoreWriter(
  store: Store,
  events: readonly Append[],
  run: RunIdentity = RECORDED,
): Promise<StoreWriter> {
  const tenures = await store.start({ run, services: STAGE_NAMES, takeOver: true });
  const marks = new Map<StageName, Position>(STAGE_NAMES.map((name) => [name, BEFORE_ALL]));
  const instants = byInstant(events);
  let next = 0;

  function commitOf(service: StageName, n: number, appends: readonly Append[]) {
    const from = marks.get(service) ?? BEFORE_ALL;
    const to = service === 'exec' ? endOfRank(n, RANK.accepted) : endOfInstant(n);
    marks.set(service, to);
    const own = appends.filter(({ channel }) => CHANNEL_WRITERS[channel] === service);
    return { service, epoch: tenures[service].epoch, token: `${n}`, from, to, appends: own, writes: [] };
  }

  return {
    async write(count = instants.length) {
      for (const [n, appends] of instants.slice(next, next + count)) {
        const answer = await store.commit(...STAGE_NAMES.map((service) => commitOf(service, n, appends)));
        if (answer !== 'ok') throw new Error(answer);
      }
      next += count;
      return next < instants.length;
    },
  };
}

function byInstant(events: readonly Append[]): readonly (readonly [n: number, events: readonly Append[]])[] {
  const instants = new Map<number, Append[]>();
  for (const event of events) {
    const known = instants.get(event.position.n);
    if (known === undefined) instants.set(event.position.n, [event]);
    else known.push(event);
  }
  return [...instants];
}
