import { expect } from 'vitest';
import { proposePlan } from '../../../../../src/core/domain/mse/plan/propose-plan.ts';
import type { PlanRequest, Refusal } from '../../../../../src/core/domain/mse/plan/request.ts';
import type { StrategyPlan } from '../../../../../src/core/domain/rules/strategy.ts';
import type {
  Break,
  DayLevel,
  Dir,
  Gap,
  Pivot,
  Pool,
  Swing,
} from '../../../../../src/core/domain/structure/objects.ts';
import type { Structure } from '../../../../../src/core/domain/structure/structure.ts';
import type { TradePlan } from '../../../../../src/core/domain/trading/plan.ts';

/** The instant of every drawn decision; objects are known before it. */
export const AT = 1_000_000;
const known = { formedAt: 100, knownAt: 500, atr: 2 } as const;
const untouched = {
  touchedAt: undefined,
  sweptAt: undefined,
  brokenAt: undefined,
  reclaimedAt: undefined,
  expiredAt: undefined,
} as const;

export function pivot(dir: Dir, level: number): Pivot {
  return { kind: 'pivot', dir, ...known, level, takenAt: undefined };
}

function pool(dir: Dir, level: number): Pool {
  const members = { anchor: level, tolerance: 0.2, touches: 2, untaken: true };
  return { kind: 'pool', dir, ...known, ...untouched, level, ...members };
}

function dayLevel(dir: Dir, level: number): DayLevel {
  return { kind: 'day', dir, ...known, ...untouched, level, session: '2015-07-06' };
}

export function swing(dir: Dir, level: number): Swing {
  const stamps = { supersededAt: undefined, finalAt: undefined, brokenAt: undefined };
  return { kind: 'swing', dir, ...known, level, label: undefined, ...stamps };
}

export function breakOf(dir: Dir, level: number): Break {
  return { kind: 'break', dir, ...known, level, tag: 'BOS', swing: `swing:${dir}:100:${level}` };
}

export function gap(dir: Dir, bottom: number, top: number): Gap {
  const stamps = { touchedAt: undefined, mitigatedAt: undefined, filledAt: undefined };
  const over = { brokenAt: undefined, expiredAt: undefined };
  return { kind: 'gap', dir, ...known, level: (bottom + top) / 2, bottom, top, ...stamps, ...over };
}

/** A market that has nothing to say but its ATR of 2. */
export function structureOf(over: Partial<Structure> = {}): Structure {
  return {
    onCandle: () => undefined,
    startSession: () => undefined,
    atr: 2,
    trend: 0,
    lastBreak: undefined,
    lastSwing: () => undefined,
    lastPivotBeyond: () => undefined,
    untakenLevels: () => [],
    openGaps: () => [],
    clusters: () => [],
    ...over,
  };
}

/**
 * Drawn for a long: close 100, ATR 2, last pivot low 99 and so a stop at 99 − 0.25 × 2 = 98.50 and a risk of 1.50;
 * three highs above; a round trip costs 0.10 a unit.
 */
export const RISING = structureOf({
  lastPivotBeyond: (dir) => (dir === -1 ? pivot(-1, 99) : undefined),
  untakenLevels: (dir) => (dir === 1 ? [pivot(1, 100.8), pool(1, 102), dayLevel(1, 103)] : []),
});

/** The same about 100 turned over: pivot high 101, lows at 99.20, 98 and 97. */
export const FALLING = structureOf({
  lastPivotBeyond: (dir) => (dir === 1 ? pivot(1, 101) : undefined),
  untakenLevels: (dir) => (dir === -1 ? [pivot(-1, 99.2), pool(-1, 98), dayLevel(-1, 97)] : []),
});

export function requestOf(plan: Partial<StrategyPlan> = {}, over: Partial<PlanRequest> = {}): PlanRequest {
  return {
    strategyPlan: { entry: 'market', ...plan },
    direction: 'long',
    price: 100,
    at: AT,
    instrument: { tick: 0.05, decimals: 2 },
    structure: RISING,
    atr: 2,
    costPerUnit: 0.1,
    minRewardRisk: 1.5,
    validUntil: { market: AT + 1, order: AT + 10 },
    stopDistanceRule: true,
    explains: true,
    ...over,
  };
}

export function planOf(plan: Partial<StrategyPlan> = {}, over: Partial<PlanRequest> = {}): TradePlan {
  const proposed = proposePlan(requestOf(plan, over));
  expect(proposed).toHaveProperty('plan');
  if ('plan' in proposed) return proposed.plan;
  throw new Error(proposed.reason);
}

export function refusalOf(plan: Partial<StrategyPlan> = {}, over: Partial<PlanRequest> = {}): Refusal {
  const proposed = proposePlan(requestOf(plan, over));
  expect(proposed).toHaveProperty('reason');
  if ('reason' in proposed) return proposed;
  throw new Error('a plan was made');
}

/** Prices of a plan at a glance: kind, entry, stop, target. */
export function pricesOf({ entry, stop, targets }: TradePlan): readonly (string | number | undefined)[] {
  return [entry.kind, entry.price, stop, targets[0]?.price];
}

export function codesOf(made: Pick<TradePlan, 'reasons'>): readonly string[] {
  return made.reasons.map(({ code }) => code);
}
