import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../../../src/core/domain/market/candle.ts';
import { proposePlan } from '../../../../../src/core/domain/mse/plan/propose-plan.ts';
import type { PlanRequest } from '../../../../../src/core/domain/mse/plan/request.ts';
import type { StrategyPlan } from '../../../../../src/core/domain/rules/strategy.ts';
import type { StructureEvent } from '../../../../../src/core/domain/structure/log.ts';
import { createStructure, type Structure } from '../../../../../src/core/domain/structure/structure.ts';
import type { Direction, TradePlan } from '../../../../../src/core/domain/trading/plan.ts';
import { SHARED } from '../../../../shared.ts';
import { fold, mirrored, oracleCandles, PER_SESSION, STEP, sessionAt, tapeOf } from '../../structure/tape.ts';

/** A power of two, so that mirrored prices are exact. */
const GRID = { tick: 0.25, decimals: 2 };
const COST = 0.125;
const MIRROR = 1024;

const STRATEGY_PLANS: readonly StrategyPlan[] = [
  { entry: 'market' },
  { entry: 'market', fallbackR: 2 },
  { entry: 'limit', fallbackR: 2 },
  { entry: 'stop', fallbackR: 2 },
  { entry: 'auto', fallbackR: 2 },
  { entry: 'market', stop: { atr: 1.5 } },
  { entry: 'limit', entryOffset: { ticks: 2 }, target: { r: 2 } },
  { entry: 'stop', entryOffset: { atr: 0.25 }, stop: { ticks: 8 }, fallbackR: 3 },
];

/** Long enough to warm up, in swings wide enough to leave levels behind. */
const tapes = fc
  .array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -9, max: 9 }), fc.nat(3), fc.nat(3)), {
    minLength: 40,
    maxLength: 160,
  })
  .map((steps) => tapeOf(steps, GRID.tick));
const asked = fc.record({
  strategyPlan: fc.constantFrom(...STRATEGY_PLANS),
  direction: fc.constantFrom<Direction>('long', 'short'),
  minRewardRisk: fc.constantFrom(0.5, 1, 1.5),
});

function requestAt(candles: readonly Candle[], structure: Structure): PlanRequest {
  const last = candles.at(-1);
  return {
    strategyPlan: { entry: 'market' },
    direction: 'long',
    price: last?.close ?? 0,
    at: last?.closeAt ?? 0,
    instrument: GRID,
    structure,
    atr: structure.atr,
    costPerUnit: COST,
    minRewardRisk: 1.5,
    validUntil: { market: 1, order: 2 },
    stopDistanceRule: true,
    explains: true,
  };
}

/** Makes plans on random tapes and hands each to `check`; the share of plans among the answers is kept honest. */
function forPlans(check: (plan: TradePlan, request: PlanRequest, tape: Tape) => void): void {
  let plans = 0;
  fc.assert(
    fc.property(tapes, asked, (candles, ask) => {
      const { structure, events } = fold(candles, { tick: GRID.tick });
      const request = { ...requestAt(candles, structure), ...ask };
      const proposed = proposePlan(request);
      if (!('plan' in proposed)) return;
      plans += 1;
      check(proposed.plan, request, { candles, events });
    }),
    { numRuns: 300 },
  );
  expect(plans).toBeGreaterThan(60);
}

type Tape = { readonly candles: readonly Candle[]; readonly events: readonly StructureEvent[] };

const signOf = ({ direction }: PlanRequest): 1 | -1 => (direction === 'long' ? 1 : -1);
const targetOf = ({ targets }: TradePlan): number => targets[0]?.price ?? Number.NaN;

describe('laws of a plan', () => {
  it('has its stop behind and its target ahead of both entry and close', () => {
    forPlans((plan, request) => {
      const sign = signOf(request);
      for (const from of [plan.entry.price, request.price]) {
        expect((from - plan.stop) * sign).toBeGreaterThan(0);
        expect((targetOf(plan) - from) * sign).toBeGreaterThan(0);
      }
      expect(plan.targets.reduce((sum, { share }) => sum + share, 0)).toBe(1);
    });
  });

  it('has every order price on the tick grid', () => {
    forPlans((plan) => {
      for (const price of [plan.entry.price, plan.stop, targetOf(plan)]) {
        expect(Number.isInteger(price / GRID.tick)).toBe(true);
      }
    });
  });

  it('bears the ratios that its prices give from the decision close', () => {
    forPlans((plan, request) => {
      const reward = Math.abs(targetOf(plan) - request.price);
      const risk = Math.abs(request.price - plan.stop);
      expect(plan.rewardRisk).toBeCloseTo(reward / risk, 12);
      expect(plan.score).toBeCloseTo((reward - COST) / (risk + COST), 12);
    });
  });

  it('names for every reason an object that was known, or a setting', () => {
    forPlans((plan, request, { events }) => {
      const firstKnown = new Map<string, number>();
      for (const { id, knownAt } of events) if (!firstKnown.has(id)) firstKnown.set(id, knownAt);
      for (const { ref = '', knownAt = Number.NaN, text } of plan.reasons) {
        expect(knownAt).toBeLessThanOrEqual(request.at);
        if (!ref.startsWith('plan.')) expect(firstKnown.get(ref)).toBe(knownAt);
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }
    });
  });

  it('aims at levels to which no later candle came, and passes over only nearer ones', () => {
    forPlans((plan, request, { candles, events }) => {
      const sign = signOf(request);
      const levelOf = new Map(events.map(({ id, object }) => [id, object]));
      const levels = plan.reasons
        .filter(({ code }) => code === 'LEVEL_PASSED_OVER' || code === 'TARGET_AT_LEVEL')
        .map(({ ref = '' }) => levelOf.get(ref));
      const distances = levels.map((level) => ((level?.level ?? 0) - request.price) * sign);
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
      for (const level of levels) {
        if (level?.kind !== 'pivot') continue;
        const after = candles.slice(level.formedAt / STEP + 1);
        expect(after.every(({ high, low }) => (sign === 1 ? high < level.level : low > level.level))).toBe(
          true,
        );
      }
      if (plan.reasons.some(({ code }) => code === 'TARGET_AT_LEVEL')) {
        expect(plan.score).toBeGreaterThanOrEqual(request.minRewardRisk - 1e-9);
        expect(targetOf(plan)).toBe((levels.at(-1)?.level ?? 0) - sign * GRID.tick);
      }
    });
  });

  it('puts its own stops beyond the pivot by the buffer, and four round trips away', () => {
    forPlans((plan, request, { events }) => {
      const reason = plan.reasons.find(({ code }) => code === 'STOP_AT_PIVOT');
      if (reason === undefined) return;
      const sign = signOf(request);
      const pivot = events.find(({ id }) => id === reason.ref)?.object.level ?? Number.NaN;
      const buffer = Math.max(0.25 * (request.structure?.atr ?? Number.NaN), 2 * GRID.tick);
      expect((pivot - plan.stop) * sign).toBeGreaterThanOrEqual(buffer - 1e-9);
      expect((request.price - plan.stop) * sign).toBeGreaterThanOrEqual(4 * COST);
    });
  });

  it('turns over with prices: x → K − x and the other direction give the mirrored plan', () => {
    fc.assert(
      fc.property(tapes, asked, (drawn, ask) => {
        const candles = drawn.map(noDoji);
        const here = requestAt(candles, fold(candles, { tick: GRID.tick }).structure);
        const over = mirrored(candles, MIRROR);
        const there = requestAt(over, fold(over, { tick: GRID.tick }).structure);
        const direction = ask.direction === 'long' ? 'short' : 'long';
        const plan = proposePlan({ ...here, ...ask });
        const other = proposePlan({ ...there, ...ask, direction });
        expect(shapeOf(other, (price) => MIRROR - price)).toEqual(shapeOf(plan, (price) => price));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no number that is none, however short the tape', () => {
    fc.assert(
      fc.property(tapes, asked, fc.nat(), (candles, ask, seed) => {
        const part = candles.slice(0, 1 + (seed % candles.length));
        const request = requestAt(part, fold(part, { tick: GRID.tick }).structure);
        expect(JSON.stringify(proposePlan({ ...request, ...ask }))).not.toMatch(/NaN|null|Infinity/);
      }),
    );
  });
});

describe.skipIf(SHARED === undefined)('plans on data (needs ../shared)', () => {
  it('are the same in one run over everything and in a run that ends at the decision', () => {
    const candles = oracleCandles('SYNA_5M', 900);
    const structure = createStructure({ tick: 0.05 });
    let plans = 0;
    candles.forEach((candle, i) => {
      if (i % PER_SESSION === 0) structure.startSession(sessionAt(candle.openAt), true);
      structure.onCandle(candle, candle.closeAt);
      if (i % 47 !== 0) return;
      const known = candles.slice(0, i + 1);
      const streamed = planOn(known, structure);
      expect(planOn(known, fold(known, { tick: 0.05 }).structure)).toBe(streamed);
      if (streamed.includes('"plan"')) plans += 1;
    });
    expect(plans).toBeGreaterThan(5);
  });
});

function planOn(candles: readonly Candle[], structure: Structure): string {
  const instrument = { tick: 0.05, decimals: 2 };
  const strategyPlan = { entry: 'auto', fallbackR: 2 } as const;
  return JSON.stringify(proposePlan({ ...requestAt(candles, structure), instrument, strategyPlan }));
}

/** A doji that is a pivot on both sides has no order of its own, so it has no mirror. */
function noDoji(candle: Candle): Candle {
  if (candle.close !== candle.open) return candle;
  return { ...candle, close: candle.open + GRID.tick, high: Math.max(candle.high, candle.open + GRID.tick) };
}

/** Prices through `turn`, codes as they are; sentences bear prices and sides, so they are left out. */
function shapeOf(proposed: ReturnType<typeof proposePlan>, turn: (price: number) => number) {
  if (!('plan' in proposed)) {
    return { reason: proposed.reason, codes: proposed.reasons.map(({ code }) => code) };
  }
  const { entry, stop, targets, rewardRisk, score, reasons } = proposed.plan;
  return {
    entry: { ...entry, price: turn(entry.price) },
    stop: turn(stop),
    target: turn(targets[0]?.price ?? Number.NaN),
    rewardRisk,
    score,
    reasons: reasons.map(({ code, knownAt }) => [code, knownAt]),
  };
}
