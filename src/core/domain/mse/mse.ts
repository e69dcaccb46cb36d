import type {
  Mark,
  NoPlanReason,
  NoTradePlan,
  PotentialSignal,
  TradePlanProposed,
} from '../events/events.ts';
import { followingId } from '../events/ids.ts';
import { sessionOf } from '../events/marks.ts';
import type { Candle } from '../market/candle.ts';
import { createFrameClock, type FrameOfSymbol } from '../market/frame-clock.ts';
import type { Instrument } from '../market/instrument.ts';
import { isPriceJump } from '../market/price-jump.ts';
import type { Session } from '../market/session.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import type { Strategy } from '../rules/strategy.ts';
import type { FillSettings } from '../simulation/settings.ts';
import { unitCost } from '../simulation/unit-cost.ts';
import type { OnStructure } from '../structure/log.ts';
import { createStructure, type Structure } from '../structure/structure.ts';
import type { CostModel } from '../trading/costs.ts';
import type { PlanReason, TradePlan } from '../trading/plan.ts';
import { needsAtr, needsStructure } from './plan/needs.ts';
import { propose, proposePlan } from './plan/propose-plan.ts';
import type { PlanRequest } from './plan/request.ts';

export type MseOptions = {
  readonly instruments: readonly Instrument[];
  readonly baseTimeframeMs: number;
  readonly strategies: readonly Strategy[];
  readonly costs: CostModel;
  readonly fills: FillSettings;
  /** Net reward ÷ risk that a target must reach, where the strategy does not say. */
  readonly minRewardRisk: number;
  readonly stopDistanceRule: boolean;
  /** Whether someone reads the reasons of plans. */
  readonly explains: boolean;
  /** Hears each candle that a structure took, with that structure: another one where it had to begin anew. */
  readonly onFolded?: (candle: Candle, at: number, structure: Structure) => void;
  readonly onStructure?: OnStructure;
};

/**
 * The market structure engine: folds structure where an enabled strategy needs it, and turns signals into plans.
 *
 * Calls come in the order candles → `endInstant` → marks → `handle`.
 */
export interface Mse {
  /** False where every strategy brings a whole plan of its own: nothing is folded then. */
  readonly readsCandles: boolean;
  onCandle(candle: Candle, at: number): void;
  endInstant(at: number): void;
  onMark(mark: Mark): void;
  /** What the plan of a signal is made from; undefined where the strategy or the symbol is not known. */
  requestOf(signal: PotentialSignal): PlanRequest | undefined;
  handle(signal: PotentialSignal): TradePlanProposed | NoTradePlan;
}

/** Structure of one symbol on one timeframe. */
type StructureFrame = {
  readonly slot: number;
  readonly timeframeMs: number;
  /** `5m`, as signals say it. */
  readonly timeframe: string;
  structure: Structure;
};

export function createMse(options: MseOptions): Mse {
  const { instruments, baseTimeframeMs, strategies, fills, onFolded, onStructure } = options;
  const frames = instruments.flatMap((instrument, slot) =>
    structureTimeframes(strategies, instrument.symbol).map(
      (timeframeMs): StructureFrame => ({
        slot,
        timeframeMs,
        timeframe: formatTimeframe(timeframeMs),
        structure: createStructure({ tick: instrument.tick }),
      }),
    ),
  );
  const baseFrames = instruments.map((_, slot) =>
    frames.find((frame) => frame.slot === slot && frame.timeframeMs === baseTimeframeMs),
  );
  const ofSlot = instruments.map((_, slot) => frames.filter((frame) => frame.slot === slot));
  const higher = frames.filter(({ timeframeMs }) => timeframeMs > baseTimeframeMs);
  const clock = createFrameClock(higher.map(frameOf), instruments.length);
  const strategyOf = new Map(strategies.map((strategy) => [strategy.name, strategy]));
  const ownPlans = new Set(strategies.filter(({ plan }) => !needsStructure(plan) && !needsAtr(plan)));
  const slotOf = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));
  const lastClose = new Float64Array(instruments.length);
  const freshSession = new Uint8Array(instruments.length);
  let session: Session | undefined;
  let complete = false;

  function frameOf(frame: StructureFrame): FrameOfSymbol {
    return { ...frame, onClose: (candle, at) => fold(frame, candle, at) };
  }

  function fold(frame: StructureFrame, candle: Candle, at: number): void {
    frame.structure.onCandle(candle, at, onStructure);
    if (onFolded !== undefined) onFolded(candle, at, frame.structure);
  }

  /**
   * First candle of a symbol in a session: after a jump of scale no level of before means anything, and a symbol whose
   * data begins inside a session does not know that session's extremes.
   */
  function meetSession(candle: Candle): void {
    const { slot } = candle;
    freshSession[slot] = 0;
    const previous = lastClose[slot] ?? 0;
    const instrument = instruments[slot];
    if (instrument === undefined || session === undefined) return;
    const isFirst = previous === 0 && candle.openAt > session.openAt;
    if (!isFirst && (previous === 0 || !isPriceJump(previous, candle.open))) return;
    for (const frame of ofSlot[slot] ?? []) {
      frame.structure = createStructure({ tick: instrument.tick });
      frame.structure.startSession(session, complete && !isFirst, onStructure);
    }
    if (isFirst) clock.startSymbol(slot, session, candle.openAt);
  }

  function costPerUnit({ direction, price }: PotentialSignal, instrument: Instrument): number {
    const query = {
      date: session?.date ?? '',
      direction,
      kind: 'market',
      entry: price,
      exit: price,
    } as const;
    const cost = unitCost(options.costs, fills.slippage, instrument, query);
    return cost.charges + cost.entrySlippage + cost.stopSlippage;
  }

  function requestOf(signal: PotentialSignal): PlanRequest | undefined {
    const slot = slotOf.get(signal.symbol) ?? -1;
    const strategy = strategyOf.get(signal.strategy);
    const instrument = instruments[slot];
    if (strategy === undefined || instrument === undefined) return undefined;
    const structure = ownPlans.has(strategy) ? undefined : structureOf(slot, signal.timeframe);
    const { at } = signal;
    const validUntil = {
      market: at + fills.marketLifeCandles * baseTimeframeMs,
      order: Math.min(
        at + fills.entryLifeCandles * baseTimeframeMs,
        session?.entryUntilAt ?? Number.POSITIVE_INFINITY,
      ),
    };
    return {
      strategyPlan: strategy.plan,
      direction: signal.direction,
      price: signal.price,
      at,
      instrument,
      structure,
      atr: structure?.atr ?? Number.NaN,
      costPerUnit: costPerUnit(signal, instrument),
      minRewardRisk: strategy.risk.minRewardRisk ?? options.minRewardRisk,
      validUntil,
      stopDistanceRule: options.stopDistanceRule,
      explains: options.explains,
    };
  }

  function structureOf(slot: number, timeframe: string): Structure | undefined {
    return ofSlot[slot]?.find((frame) => frame.timeframe === timeframe)?.structure;
  }

  return {
    readsCandles: frames.length > 0,
    onCandle(candle, at) {
      const { slot } = candle;
      if (freshSession[slot] === 1) meetSession(candle);
      const frame = baseFrames[slot];
      if (frame !== undefined) fold(frame, candle, at);
      clock.add(candle, at);
      lastClose[slot] = candle.close;
    },
    endInstant: (at) => clock.closeDue(at),
    onMark(mark) {
      if (mark.type !== 'SESSION_OPENED') return;
      session = sessionOf(mark);
      complete = mark.at <= mark.openAt;
      freshSession.fill(1);
      clock.startSession(session, mark.at);
      for (const { structure } of frames) structure.startSession(session, complete, onStructure);
    },
    requestOf,
    handle(signal) {
      const request = requestOf(signal);
      if (request === undefined) return noPlan(signal, 'UNKNOWN_STRATEGY', []);
      const strategy = strategyOf.get(signal.strategy);
      const own = strategy !== undefined && ownPlans.has(strategy);
      const proposed = own ? propose(request) : proposePlan(request);
      return 'plan' in proposed
        ? planProposed(signal, proposed.plan)
        : noPlan(signal, proposed.reason, proposed.reasons);
    },
  };
}

function planProposed(signal: PotentialSignal, plan: TradePlan): TradePlanProposed {
  return {
    id: followingId(signal.correlationId, 'plan'),
    v: 1,
    type: 'TRADE_PLAN_PROPOSED',
    symbol: signal.symbol,
    at: signal.at,
    correlationId: signal.correlationId,
    causationId: signal.id,
    strategy: signal.strategy,
    direction: signal.direction,
    timeframe: signal.timeframe,
    price: signal.price,
    entry: plan.entry,
    stop: plan.stop,
    targets: plan.targets,
    rewardRisk: plan.rewardRisk,
    score: plan.score,
    reasons: plan.reasons,
  };
}

function noPlan(signal: PotentialSignal, reason: NoPlanReason, reasons: readonly PlanReason[]): NoTradePlan {
  return {
    id: followingId(signal.correlationId, 'plan'),
    v: 1,
    type: 'NO_TRADE_PLAN',
    symbol: signal.symbol,
    at: signal.at,
    correlationId: signal.correlationId,
    causationId: signal.id,
    strategy: signal.strategy,
    direction: signal.direction,
    timeframe: signal.timeframe,
    reason,
    reasons,
  };
}

/** The timeframes on which some strategy of the symbol leaves a part of its plan to the engine. */
function structureTimeframes(strategies: readonly Strategy[], symbol: string): readonly number[] {
  const own = strategies.filter(
    ({ plan, symbols }) =>
      (needsStructure(plan) || needsAtr(plan)) && (symbols === undefined || symbols.includes(symbol)),
  );
  return [...new Set(own.flatMap(({ timeframesMs }) => timeframesMs))].sort((a, b) => a - b);
}
