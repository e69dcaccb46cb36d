import { createEngine, type EngineOptions } from '../src/core/domain/engine.ts';
import { encode } from '../src/core/domain/events/codec.ts';
import type { TradekitEvent } from '../src/core/domain/events/events.ts';
import type { CandleColumns, CandleView } from '../src/core/domain/market/candle.ts';
import type { Instrument } from '../src/core/domain/market/instrument.ts';
import { createMarket } from '../src/core/domain/market/presets/catalog.ts';
import { createEquityCurve, type EquityRecord } from '../src/core/domain/performance/equity-curve.ts';
import { createReplay } from '../src/core/domain/replay.ts';
import { DEFAULT_RISK_LIMITS, type RiskSettings } from '../src/core/domain/risk/settings.ts';
import { parseStrategies } from '../src/core/domain/rules/parse.ts';
import type { Strategy } from '../src/core/domain/rules/strategy.ts';
import { DEFAULT_FILLS, type FillSettings } from '../src/core/domain/simulation/settings.ts';
import type { CostModel } from '../src/core/domain/trading/costs.ts';
import { toMinor } from '../src/core/domain/trading/money.ts';
import type { Trade } from '../src/core/domain/trading/trade.ts';

/** A whole run of the engine over columns, in one call. */

export const MINUTE_MS = 60_000;

export type RunOptions = {
  readonly columns: readonly CandleColumns[];
  readonly strategies: readonly Strategy[];
  readonly market?: string;
  readonly risk?: Partial<RiskSettings>;
  readonly fills?: Partial<FillSettings>;
  readonly costs?: CostModel;
  readonly minorDigits?: number;
  readonly instrument?: Partial<Instrument>;
  /** Without an event listener. */
  readonly unheard?: boolean;
  /** Without an equity curve: the account is marked nowhere. */
  readonly unmeasured?: boolean;
  /** Overwrites every view with NaN after each instant. */
  readonly poison?: boolean;
  /** Hands instants out in stretches where the engine takes them, so many at most in one go. */
  readonly stretches?: number;
};

export type Run = {
  readonly events: readonly TradekitEvent[];
  readonly lines: readonly string[];
  /** By event: the instant in which it was told. */
  readonly toldAt: readonly number[];
  readonly trades: readonly Trade[];
  readonly equity: EquityRecord;
};

export function strategiesOf(json: unknown): readonly Strategy[] {
  const { strategies, problems } = parseStrategies(json);
  if (problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 1));
  return strategies;
}

export function runEngine(options: RunOptions): Run {
  const { columns, minorDigits = 2 } = options;
  const market = createMarket(options.market ?? 'nse');
  const risk: RiskSettings = {
    ...DEFAULT_RISK_LIMITS,
    startingBalance: market.startingBalance,
    leverage: market.leverage,
    ...options.risk,
  };
  const events: TradekitEvent[] = [];
  const toldAt: number[] = [];
  let now = 0;
  const trades: Trade[] = [];
  function hear(event: TradekitEvent): void {
    events.push(event);
    toldAt.push(now);
  }
  const equity = createEquityCurve(toMinor(risk.startingBalance, minorDigits));
  const engineOptions: EngineOptions = {
    instruments: columns.map((of) => ({ ...market.instrument(hintsOf(of)), ...options.instrument })),
    hasVolume: columns.map(({ volume }) => volume !== undefined),
    baseTimeframeMs: MINUTE_MS,
    strategies: options.strategies,
    risk,
    fills: { ...DEFAULT_FILLS, ...options.fills },
    costs: options.costs ?? market.costs,
    minorDigits,
    stopDistanceRule: true,
    ...(options.unmeasured === true ? {} : { equity }),
    ...(options.unheard === true ? {} : { onEvent: hear }),
    onTrade: (trade) => trades.push(trade),
  };
  const engine = createEngine(engineOptions);
  const first = Math.min(...columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...columns.map(({ openAt, length }) => openAt[length - 1] ?? 0));
  const sessions = market.calendar.sessions(first, last + MINUTE_MS);
  const replay = createReplay({ columns, baseTimeframeMs: MINUTE_MS, sessions });
  if (options.stretches !== undefined) {
    while (replay.nextAt !== Number.POSITIVE_INFINITY) replay.run(engine, options.stretches);
    return { events, lines: events.map(encode), toldAt, trades, equity: equity.read() };
  }
  replay.run({
    instant(at, candles, count, marks) {
      now = at;
      engine.instant(at, candles, count, marks);
      if (options.poison !== true) return;
      for (const candle of candles.slice(0, count)) poison(candle as CandleView); // ours to overwrite: the replay's own views
    },
  });
  return { events, lines: events.map(encode), toldAt, trades, equity: equity.read() };
}

function hintsOf(of: CandleColumns) {
  return {
    symbol: of.symbol,
    firstAt: of.openAt[0] ?? 0,
    firstPrice: of.open[0] ?? 0,
    priceDecimals: of.priceDecimals,
    hasVolume: of.volume !== undefined,
  };
}

function poison(view: CandleView): void {
  for (const key of ['openAt', 'closeAt', 'open', 'high', 'low', 'close', 'volume'] as const)
    view[key] = Number.NaN;
}

/** Columns from rows `[openAt, open, high, low, close, volume]`. */
export function columnsOf(
  symbol: string,
  rows: readonly (readonly number[])[],
  priceDecimals = 2,
): CandleColumns {
  const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index] ?? Number.NaN);
  return {
    symbol,
    length: rows.length,
    openAt: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    priceDecimals,
  };
}

/** The first `count` candles, or those that open before `until`. */
export function cutColumns(columns: CandleColumns, until: number): CandleColumns {
  const length = columns.openAt.findIndex((openAt) => openAt >= until);
  const end = length === -1 ? columns.length : length;
  const cut = (column: Float64Array): Float64Array => column.subarray(0, end);
  return {
    ...columns,
    length: end,
    openAt: cut(columns.openAt),
    open: cut(columns.open),
    high: cut(columns.high),
    low: cut(columns.low),
    close: cut(columns.close),
    volume: columns.volume === undefined ? undefined : cut(columns.volume),
  };
}
