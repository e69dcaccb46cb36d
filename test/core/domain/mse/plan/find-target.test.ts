import { describe, expect, it } from 'vitest';
import { codesOf, FALLING, pivot, planOf, RISING, refusalOf } from './request-of.ts';

describe('findTarget at a level', () => {
  it('takes one that reaches the minimum exactly', () => {
    // 102.55: target 102.50, reward 2.50, net 2.40 ÷ 1.60 = 1.5.
    const exact = { ...RISING, untakenLevels: () => [pivot(1, 102.55)] };
    expect(planOf({}, { structure: exact }).targets[0]?.price).toBe(102.5);
    const short = { ...FALLING, untakenLevels: () => [pivot(-1, 97.45)] };
    expect(planOf({}, { structure: short, direction: 'short' }).targets[0]?.price).toBe(97.5);
  });

  it('passes over one that a tick more would have reached', () => {
    const near = { ...RISING, untakenLevels: () => [pivot(1, 102.5)] };
    const refusal = refusalOf({}, { structure: near });
    expect(refusal.reason).toBe('NO_TARGET');
    expect(refusal.reasons.map(({ code, ref }) => [code, ref])).toEqual([
      ['LEVEL_PASSED_OVER', 'pivot:1:100:102.5'],
      ['NO_TARGET', undefined],
    ]);
    expect(refusal.reasons.at(-1)?.text).toBe('no untaken level above 100 reaches a net reward:risk of 1.5');
  });

  it('rounds a level of the data that is off the grid towards the entry', () => {
    // 103.02 − 0.05 = 102.97 → 102.95; 96.98 + 0.05 = 97.03 → 97.05.
    const long = { ...RISING, untakenLevels: () => [pivot(1, 103.02)] };
    expect(planOf({}, { structure: long }).targets[0]?.price).toBe(102.95);
    const short = { ...FALLING, untakenLevels: () => [pivot(-1, 96.98)] };
    expect(planOf({}, { structure: short, direction: 'short' }).targets[0]?.price).toBe(97.05);
  });

  it('never aims at a level one tick away, however low the minimum', () => {
    const touching = { ...RISING, untakenLevels: () => [pivot(1, 100.05), pivot(1, 100.1)] };
    const plan = planOf({}, { structure: touching, minRewardRisk: -1 });
    expect(plan.targets[0]?.price).toBe(100.05);
  });
});

describe('findTarget without a level', () => {
  it('falls back to the multiple of the strategy, and records what was passed over', () => {
    const near = { ...RISING, untakenLevels: () => [pivot(1, 100.8)] };
    const plan = planOf({ fallbackR: 2 }, { structure: near });
    expect(plan.targets[0]?.price).toBe(103);
    expect(codesOf(plan)).toEqual(['ENTRY_MARKET', 'STOP_AT_PIVOT', 'LEVEL_PASSED_OVER', 'TARGET_FALLBACK']);
    expect(plan.reasons.at(-1)).toMatchObject({
      text: 'target 103: no level pays enough, so 2 R',
      ref: 'plan.fallbackR',
    });
  });

  it('prefers a level that pays to the fallback', () => {
    expect(planOf({ fallbackR: 5 }).targets[0]?.price).toBe(102.95);
  });

  it('refuses a fallback below zero', () => {
    const none = { ...FALLING, untakenLevels: () => [] };
    const refusal = refusalOf({ fallbackR: 80 }, { structure: none, direction: 'short' });
    expect(refusal.reason).toBe('NO_TARGET');
  });
});

describe("findTarget of the strategy's own", () => {
  const at = { price: 100.15, atr: 1.23 } as const;
  const stop = { ticks: 20 } as const;

  it.each([
    // 100.15 × 1.01 = 101.1515 and × 0.99 = 99.1485
    [{ percent: 1 }, 101.15, 99.15],
    // 3 × 1.23 = 3.69: 103.84 and 96.46
    [{ atr: 3 }, 103.8, 96.5],
    [{ ticks: 30 }, 101.65, 98.65],
    // Risk 1.00: 2 R
    [{ r: 2 }, 102.15, 98.15],
    // Risk 1.00: 1.23 R = 1.23: 101.38 and 98.92
    [{ r: 1.23 }, 101.35, 98.95],
  ])('%o', (target, long, short) => {
    expect(planOf({ stop, target }, at).targets).toEqual([{ price: long, share: 1 }]);
    expect(planOf({ stop, target }, { ...at, direction: 'short' }).targets[0]?.price).toBe(short);
  });

  it('wins over levels, with the stop that structure gave', () => {
    expect(planOf({ target: { r: 1 } }).targets[0]?.price).toBe(101.5);
  });

  it('is not judged by the minimum: that is for risk to do', () => {
    expect(planOf({ stop, target: { ticks: 1 } }).score).toBeLessThan(0);
  });

  it('refuses a target that rounds to the close', () => {
    const refusal = refusalOf({ stop, target: { percent: 0.04 } });
    expect(refusal.reason).toBe('NO_TARGET');
    expect(refusal.reasons.at(-1)?.text).toBe('a target at 100 earns nothing from 100');
  });
});
