import { createEngine, type EngineOptions } from '../domain/engine.ts';
import { encode } from '../domain/events/codec.ts';
import type { CandleColumns } from '../domain/market/candle.ts';
import type { Instrument } from '../domain/market/instrument.ts';
import type { Market } from '../domain/market/market.ts';
import type { Session } from '../domain/market/session.ts';
import { type ConditionTally, createConditionTally } from '../domain/performance/condition-tally.ts';
import { createEquityCurve, type EquityRecord } from '../domain/performance/equity-curve.ts';
import { createFunnel, type Funnel } from '../domain/performance/funnel.ts';
import { createLosses, type Loss } from '../domain/performance/losses.ts';
import { createRuleTally, type RuleTally } from '../domain/performance/rule-tally.ts';
import { createReplay } from '../domain/replay.ts';
import type { RiskSettings } from '../domain/risk/settings.ts';
import type { Strategy } from '../domain/rules/strategy.ts';
import type { FillSettings } from '../domain/simulation/settings.ts';
import { toMinor } from '../domain/trading/money.ts';
import type { Trade } from '../domain/trading/trade.ts';
import type { Digest } from '../ports/digest.ts';
import { nextTurn } from './next-turn.ts';

/** History and the choices under which it is traded: everything a run depends on. */
export type BacktestInput = {
  readonly market: Market;
  readonly columns: readonly CandleColumns[];
  /** By slot: in the order of the columns. */
  readonly instruments: readonly Instrument[];
  readonly baseTimeframeMs: number;
  readonly sessions: readonly Session[];
  readonly strategies: readonly Strategy[];
  readonly risk: RiskSettings;
  readonly fills: FillSettings;
  readonly stopDistanceRule: boolean;
};

export type BacktestRun = {
  /** In the order in which they closed. */
  readonly trades: readonly Trade[];
  readonly equity: EquityRecord;
  readonly funnel: Funnel;
  readonly rules: RuleTally;
  readonly losses: readonly Loss[];
};

export type BacktestHost = {
  /** Fed with every decision event, in order. */
  readonly digest?: Digest;
  readonly onProgress?: (candlesDone: number, candlesTotal: number) => void;
  readonly signal?: AbortSignal;
};

/** Everything that is kept of a run: trades, equity, funnel, which rules bound, the fingerprint of its events. */
export type Records = Required<Pick<EngineOptions, 'equity' | 'onTrade' | 'onEvent'>> & {
  /** What there is so far. */
  read(): BacktestRun;
};

export function createRecords(
  { startingBalance }: Pick<RiskSettings, 'startingBalance'>,
  { minorDigits }: Pick<Market, 'minorDigits'>,
  digest?: Digest,
): Records {
  const trades: Trade[] = [];
  const equity = createEquityCurve(toMinor(startingBalance, minorDigits));
  const funnel = createFunnel();
  const rules = createRuleTally();
  const losses = createLosses();
  return {
    equity,
    onTrade: (trade) => trades.push(trade),
    onEvent(event) {
      funnel.count(event);
      rules.count(event);
      losses.count(event);
      digest?.update(`${encode(event)}\n`);
    },
    read: () => ({ trades, equity: equity.read(), funnel: funnel.read(), rules, losses: losses.read() }),
  };
}

/**
 * Instants between two looks at what goes on: as many as a screen folds in one block, so that looking costs nothing, and
 * few enough that Ctrl-C is heard and progress seen where each of many symbols is judged by many strategies.
 */
const CHUNK = 2048;

/** Trades history in a plain loop, the same engine as every other host. Ends early, with what there is, when aborted. */
export async function runBacktest(input: BacktestInput, host: BacktestHost = {}): Promise<BacktestRun> {
  const { read, ...records } = createRecords(input.risk, input.market, host.digest);
  const engine = createEngine({ ...engineOptions(input), ...records });
  const replay = createReplay(input);
  while (replay.nextAt !== Number.POSITIVE_INFINITY && host.signal?.aborted !== true) {
    replay.run(engine, CHUNK);
    host.onProgress?.(replay.candlesDone, replay.candlesTotal);
    await nextTurn();
  }
  return read();
}

/** A second look at a run in which nothing fired: which conditions held, and how close it came. */
export function tallyConditions(input: BacktestInput): ConditionTally {
  const tally = createConditionTally();
  const engine = createEngine({
    ...engineOptions(input),
    onEvaluated: (rule, symbol, at) =>
      tally.count({ strategy: rule.strategy.name, symbol, at, trace: rule.trace(at) }),
    onOutsideSession: ({ strategy: { name, session } }, symbol, at) => {
      if (session !== undefined) tally.countOutsideSession({ strategy: name, symbol, at, session });
    },
  });
  createReplay(input).run(engine);
  return tally;
}

function engineOptions({ market, columns, ...input }: BacktestInput) {
  return {
    instruments: input.instruments,
    hasVolume: columns.map(({ volume }) => volume !== undefined),
    baseTimeframeMs: input.baseTimeframeMs,
    strategies: input.strategies,
    risk: input.risk,
    fills: input.fills,
    costs: market.costs,
    minorDigits: market.minorDigits,
    stopDistanceRule: input.stopDistanceRule,
  };
}
