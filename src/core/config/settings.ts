import { TradekitError } from '../domain/error.ts';
import { formatClock } from '../domain/market/civil.ts';
import type { Market } from '../domain/market/market.ts';
import { DEFAULT_RISK_LIMITS, type RiskRule, type RiskSettings } from '../domain/risk/settings.ts';
import { DEFAULT_FILLS, type FillSettings } from '../domain/simulation/settings.ts';
import { type ChosenElsewhere, gatherGiven, type Origins } from './setting-origins.ts';
import { refuseProblems } from './setting-problems.ts';
import type { GivenSettings, Moment } from './settings-schema.ts';

/** What the user chose, resolved once and frozen. `undefined`: not chosen, the market or the data decide. */
export type Settings = {
  /** Which of them came from the settings file and from the environment. */
  readonly elsewhere: ChosenElsewhere;
  /** Path of strategies.json. */
  readonly strategies: string | undefined;
  readonly market: MarketSettings;
  readonly risk: RiskSettings;
  readonly fills: FillSettings;
  readonly structure: StructureSettings;
  readonly data: DataSettings;
  readonly output: OutputSettings;
  readonly replay: ReplaySettings;
  readonly services: ServiceSettings;
};

export type MarketSettings = {
  readonly name: string;
  /** Offsets from that day's open and close, milliseconds. */
  readonly entryAfterOpenMs: number | undefined;
  readonly entryBeforeCloseMs: number | undefined;
  /** null: never. */
  readonly squareOffBeforeCloseMs: number | null | undefined;
  readonly costs: string | undefined;
  readonly state: string | undefined;
  readonly rounding: 'note' | 'calculator' | undefined;
  readonly exchange: 'NSE' | 'BSE' | undefined;
};

export type StructureSettings = {
  /** Widen a stop that is nearer than four times the cost of the round trip (`--disable stop-distance` does not). */
  readonly widenStops: boolean;
};

export type DataSettings = {
  readonly symbol: string | undefined;
  readonly from: Moment | undefined;
  /** Included: to the end of the day where no time is given. */
  readonly to: Moment | undefined;
  readonly timeframeMs: number | undefined;
  readonly zone: string | undefined;
  readonly stamps: 'start' | 'end' | undefined;
  /** Order of day and month where the data does not tell. */
  readonly dates: 'dmy' | 'mdy' | undefined;
  /** Header by field: { symbol: 'id' }. */
  readonly columns: Readonly<Record<string, string>>;
  readonly delimiter: string | undefined;
  readonly adjust: readonly Adjustment[];
  readonly strict: boolean;
  readonly tradeAs: 'equity' | 'future' | undefined;
};

/** Prices of a symbol before that exchange date are multiplied by `factor`. */
export type Adjustment = { readonly symbol: string; readonly date: string; readonly factor: number };

export type OutputSettings = {
  readonly out: string;
  readonly equityOut: string | undefined;
  readonly json: boolean;
  readonly progress: boolean;
};

export type ReplaySettings = {
  /** As written, and known to be a feed: `csv:data.csv`, `random:42`. */
  readonly feed: string | undefined;
  readonly speed: number | 'max' | undefined;
  readonly verbose: boolean;
};

export type ServiceSettings = {
  readonly redis: string | undefined;
  /** Path of a certificate. */
  readonly redisCa: string | undefined;
  readonly mongo: string | undefined;
  /** Name of a new run. */
  readonly run: string | undefined;
  readonly takeOver: boolean;
  readonly storeTimeoutMs: number;
};

/** What a market preset decides where the user did not. */
export type MarketDefaults = Pick<Market, 'startingBalance' | 'leverage'>;

export type SettingSources = Origins & {
  /** What the market of that name decides; throws a TradekitError for one that does not exist. */
  readonly marketDefaults: (market: string) => MarketDefaults;
};

/**
 * Flag over environment over file over default.
 *
 * @throws TradekitError CONFIG with every problem of every origin at once
 */
export function resolveSettings(sources: SettingSources): Settings {
  const { given, elsewhere, problems, named } = gatherGiven(sources);
  const market = given.market ?? 'nse';
  const defaults = defaultsOf(market, sources, problems);
  problems.push(...orderProblem(given, named));
  refuseProblems(problems);
  return deepFreeze({
    elsewhere,
    strategies: given.strategies,
    market: marketOf(given, market),
    risk: riskOf(given, defaults),
    fills: fillsOf(given),
    structure: { widenStops: !given.disable?.includes('stop-distance') },
    data: dataOf(given),
    output: {
      out: given.out ?? 'backtest_trades.csv',
      equityOut: given.equityOut,
      json: given.json ?? false,
      progress: given.progress ?? true,
    },
    replay: { feed: given.feed, speed: given.speed, verbose: given.verbose ?? false },
    services: {
      redis: given.redis,
      redisCa: given.redisCa,
      mongo: given.mongo,
      run: given.run,
      takeOver: given.takeOver ?? false,
      storeTimeoutMs: (given.storeTimeout ?? 60) * 1000,
    },
  });
}

/** What changes results, as JSON with sorted keys: hashed into the manifest. */
export function settingsCanonical(settings: Settings): string {
  const { market, risk, fills, structure, data } = settings;
  return JSON.stringify({ market, risk, fills, structure, data }, (_key, value: unknown) =>
    isPlainObject(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value,
  );
}

function defaultsOf(market: string, sources: SettingSources, problems: string[]): MarketDefaults {
  try {
    return sources.marketDefaults(market);
  } catch (error) {
    if (!(error instanceof TradekitError)) throw error;
    const gap = error.message.includes('\n') ? '\n' : ' ';
    problems.push(`${error.message}${gap}${error.hint ?? ''}`.trim());
    return { startingBalance: 0, leverage: 0 }; // never seen: the problem is thrown with the others
  }
}

function orderProblem(
  { from, to }: GivenSettings,
  named: (name: 'from' | 'to') => string,
): readonly string[] {
  if (from === undefined || to === undefined || !isAfter(from, to)) return [];
  return [`${named('from')} "${written(from)}" is after ${named('to')} "${written(to)}".`];
}

function written({ date, timeOfDayMs }: Moment): string {
  return timeOfDayMs === undefined ? date : `${date} ${formatClock(timeOfDayMs)}`;
}

function isAfter(from: Moment, to: Moment): boolean {
  if (from.date !== to.date) return from.date > to.date;
  return (from.timeOfDayMs ?? 0) > (to.timeOfDayMs ?? Number.POSITIVE_INFINITY);
}

function marketOf(given: GivenSettings, name: string): MarketSettings {
  return {
    name,
    entryAfterOpenMs: given.entryAfterOpen,
    entryBeforeCloseMs: given.entryBeforeClose,
    squareOffBeforeCloseMs: given.squareOffBeforeClose,
    costs: given.costs,
    state: given.state,
    rounding: given.rounding,
    exchange: given.exchange,
  };
}

function riskOf(given: GivenSettings, market: MarketDefaults): RiskSettings {
  const limits = DEFAULT_RISK_LIMITS;
  return {
    startingBalance: given.equity ?? market.startingBalance,
    riskPct: given.riskPct ?? limits.riskPct,
    minRewardRisk: given.minRr ?? limits.minRewardRisk,
    leverage: given.leverage ?? market.leverage,
    lock: given.lock ?? limits.lock,
    maxPositions: given.maxPositions ?? limits.maxPositions,
    maxOpenRiskPct: given.maxOpenRiskPct ?? limits.maxOpenRiskPct,
    maxDailyLossPct: given.maxDailyLossPct ?? limits.maxDailyLossPct,
    maxPositionPct: given.maxPositionPct ?? limits.maxPositionPct,
    maxVolumePct: given.maxVolumePct ?? limits.maxVolumePct,
    volumeCandles: given.volumeCandles ?? limits.volumeCandles,
    disabledRules: [...new Set(given.disable)]
      .filter((rule): rule is RiskRule => rule !== 'stop-distance')
      .sort(),
  };
}

function fillsOf(given: GivenSettings): FillSettings {
  return {
    model: given.fills ?? DEFAULT_FILLS.model,
    slippage: given.slippage ?? DEFAULT_FILLS.slippage,
    collarRatio: given.collarRatio ?? DEFAULT_FILLS.collarRatio,
    marketLifeCandles: given.marketLifeCandles ?? DEFAULT_FILLS.marketLifeCandles,
    entryLifeCandles: given.entryLifeCandles ?? DEFAULT_FILLS.entryLifeCandles,
  };
}

function dataOf(given: GivenSettings): DataSettings {
  return {
    symbol: given.symbol,
    from: given.from,
    to: given.to,
    timeframeMs: given.timeframe,
    zone: given.zone,
    stamps: given.stamps,
    dates: given.dates,
    columns: given.columns ?? {},
    delimiter: given.delimiter,
    adjust: given.adjust ?? [],
    strict: given.strict ?? false,
    tradeAs: given.tradeAs,
  };
}

function deepFreeze<T>(value: T): T {
  if (isPlainObject(value) || Array.isArray(value))
    for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
