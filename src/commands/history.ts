import type { Settings } from '../core/config/settings.ts';
import type { Moment } from '../core/config/settings-schema.ts';
import { TradekitError } from '../core/domain/error.ts';
import type { CandleColumns } from '../core/domain/market/candle.ts';
import { parseDay } from '../core/domain/market/civil.ts';
import type { Market } from '../core/domain/market/market.ts';
import { hintsOf, tradedInstrument } from '../core/domain/market/traded-instrument.ts';
import { localDayToUtc } from '../core/domain/market/zone.ts';
import type { Strategy } from '../core/domain/rules/strategy.ts';
import type { ReadOptions, ReadResult } from '../core/ports/candle-files.ts';
import type { FeedDescription } from '../core/ports/feed.ts';
import type { BacktestInput } from '../core/services/backtest.ts';
import type { Choice } from './choice.ts';
import { defined } from './defined.ts';

/** History that was read, with everything a run needs to trade it. */
export type History = {
  readonly settings: Settings;
  readonly market: Market;
  readonly read: ReadResult;
  /** As the user would write it, or that the shipped ones were used. */
  readonly strategiesFile: string;
  readonly input: BacktestInput;
};

const DAY_MS = 86_400_000;

/** What the settings ask of the reader. `to` is included: the end of its day where no time is given. */
export function readOptionsOf({ data }: Settings, zone: string): ReadOptions {
  return {
    ...defined({
      symbol: data.symbol,
      zone: data.zone,
      stamps: data.stamps,
      dates: data.dates,
      delimiter: data.delimiter,
      timeframe: data.timeframeMs,
      from: data.from === undefined ? undefined : instantOf(data.from, zone, 0),
      to: data.to === undefined ? undefined : instantOf(data.to, zone, DAY_MS),
    }),
    columns: data.columns,
    strict: data.strict,
    adjust: data.adjust,
  };
}

/** What the settings ask of a feed, for `openFeed`. */
export function feedOptionsOf(settings: Settings, market: Market) {
  const read = readOptionsOf(settings, market.calendar.zone);
  return { market, read, ...defined({ tradeAs: settings.data.tradeAs }) };
}

/** `otherwiseMs`: the time of day where none is given. */
export function instantOf({ date, timeOfDayMs }: Moment, zone: string, otherwiseMs: number): number {
  return localDayToUtc(zone, parseDay(date) ?? 0, timeOfDayMs ?? otherwiseMs);
}

/** Instruments, sessions and settings of a run over what was read. */
export function inputOf(
  settings: Settings,
  market: Market,
  read: ReadResult,
  strategies: readonly Strategy[],
): BacktestInput {
  const { columns, baseTimeframeMs } = read;
  if (columns.every(({ length }) => length === 0)) throw nothingLeft(settings);
  const firstAt = Math.min(...columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY));
  const lastAt = Math.max(...columns.map(({ openAt, length }) => openAt[length - 1] ?? 0)) + baseTimeframeMs;
  return {
    market,
    columns,
    instruments: columns.map((of) => tradedInstrument(market, hintsOf(of), settings.data.tradeAs)),
    baseTimeframeMs,
    sessions: market.calendar.sessions(firstAt, lastAt),
    strategies,
    risk: settings.risk,
    fills: settings.fills,
    stopDistanceRule: settings.structure.widenStops,
  };
}

/** The same for a feed that no file of candles stands behind: nothing was read before it began. */
export function historyOfFeed(
  { settings, market, strategiesFile, strategies }: Choice,
  { instruments, baseTimeframeMs }: FeedDescription,
): History {
  const report = { files: [], symbols: [], timeframeFrom: 'flag', unusedAdjustments: [] } as const;
  const { risk, fills, structure } = settings;
  const input = {
    market,
    columns: [],
    instruments,
    baseTimeframeMs,
    sessions: [],
    strategies,
    risk,
    fills,
    stopDistanceRule: structure.widenStops,
  };
  return { settings, market, read: { columns: [], baseTimeframeMs, report }, strategiesFile, input };
}

function nothingLeft({ data }: Settings): TradekitError {
  const range = data.from === undefined && data.to === undefined ? '' : ' between --from and --to';
  return new TradekitError('DATA', `There is no candle left to trade${range}.`, {
    hint: 'Widen --from and --to, or see what was dropped with `tradekit backtest FILE --strict`.',
  });
}

/** The part of a history whose candles closed before `at`: what a run that was interrupted has seen. */
export function historyUntil(history: History, at: number): History {
  if (at === Number.POSITIVE_INFINITY) return history;
  const { input, read } = history;
  const until = at - input.baseTimeframeMs;
  const columns = input.columns.map((of) => columnsUntil(of, until));
  const symbols = read.report.symbols.map((of) => {
    const seen = columns.find(({ symbol }) => symbol === of.symbol);
    return { ...of, lastAt: seen?.openAt[seen.length - 1] };
  });
  return {
    ...history,
    read: { ...read, report: { ...read.report, symbols } },
    input: { ...input, columns: columns.filter(({ length }) => length > 0) },
  };
}

function columnsUntil(of: CandleColumns, until: number): CandleColumns {
  const later = of.openAt.findIndex((openAt) => openAt >= until);
  const length = later === -1 ? of.length : later;
  const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
  return {
    ...of,
    length,
    openAt: cut(of.openAt),
    open: cut(of.open),
    high: cut(of.high),
    low: cut(of.low),
    close: cut(of.close),
    volume: of.volume === undefined ? undefined : cut(of.volume),
  };
}
