import { createEngine, type Engine } from '../domain/engine.ts';
import { encode } from '../domain/events/codec.ts';
import type { TradekitEvent } from '../domain/events/events.ts';
import type { CandleColumns } from '../domain/market/candle.ts';
import type { Instrument } from '../domain/market/instrument.ts';
import type { Market } from '../domain/market/market.ts';
import type { Session } from '../domain/market/session.ts';
import { type ConditionTally, createConditionTally } from '../domain/performance/condition-tally.ts';
import { createEquityCurve, type EquityRecord } from '../domain/performance/equity-curve.ts';
import { createFunnel, type Funnel } from '../domain/performance/funnel.ts';
import { createRuleTally, type RuleTally } from '../domain/performance/rule-tally.ts';
import { createReplay } from '../domain/replay.ts';
import type { RiskSettings } from '../domain/risk/settings.ts';
import type { Strategy } from '../domain/rules/strategy.ts';
import type { FillSettings } from '../domain/simulation/settings.ts';
import { toMinor } from '../domain/trading/money.ts';
import type { Trade } from '../domain/trading/trade.ts';
import type { Digest } from '../ports/digest.ts';

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
};

export type BacktestHost = {
  /** Fed with every decision event, in order. */
  readonly digest?: Digest;
  readonly onEvent?: (event: TradekitEvent) => void;
  readonly onProgress?: (candlesDone: number, candlesTotal: number) => void;
  readonly signal?: AbortSignal;
};

/** The engine of a run and everything that is kept of it. */
export interface Recording {
  readonly engine: Engine;
  /** What there is so far. */
  read(): BacktestRun;
}

/** Joins an engine to its records: trades, equity, funnel, which rules bound, the fingerprint of its events. */
export function createRecording(
  input: BacktestInput,
  host: Pick<BacktestHost, 'digest' | 'onEvent'>,
): Recording {
  const trades: Trade[] = [];
  const equity = createEquityCurve(toMinor(input.risk.startingBalance, input.market.minorDigits));
  const funnel = createFunnel();
  const rules = createRuleTally();
  const engine = createEngine({
    ...engineOptions(input),
    equity,
    onTrade: (trade) => trades.push(trade),
    onEvent(event) {
      funnel.count(event);
      rules.count(event);
      host.digest?.update(`${encode(event)}\n`);
      host.onEvent?.(event);
    },
  });
  return { engine, read: () => ({ trades, equity: equity.read(), funnel: funnel.read(), rules }) };
}

/** Instants between two looks at the clock: enough that looking costs nothing, few enough that Ctrl-C is heard. */
const CHUNK = 20_000;

/** Trades history in a plain loop, the same engine as every other host. Ends early, with what there is, when aborted. */
export async function runBacktest(input: BacktestInput, host: BacktestHost = {}): Promise<BacktestRun> {
  const { engine, read } = createRecording(input, host);
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

/** Lets timers and signals have their turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
