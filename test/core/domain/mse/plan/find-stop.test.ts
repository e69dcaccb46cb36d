import { describe, expect, it } from 'vitest';
import { codesOf, FALLING, pivot, planOf, RISING, refusalOf, structureOf } from './request-of.ts';

const TWO_R = { target: { r: 2 } } as const;

describe('findStop at a pivot', () => {
  it('stands a quarter of the ATR beyond it', () => {
    expect(planOf(TWO_R).stop).toBe(98.5);
    expect(planOf(TWO_R, { direction: 'short', structure: FALLING }).stop).toBe(101.5);
  });

  it('stands at least two ticks beyond it', () => {
    // 0.25 × 0.2 = 0.05 is one tick of 0.05; two are 0.10.
    expect(planOf(TWO_R, { structure: { ...RISING, atr: 0.2 } }).stop).toBe(98.9);
  });

  it('rounds to the grid away from the entry: down for a long, up for a short', () => {
    // 0.25 × 1.5 = 0.375: 98.625 and 101.375.
    expect(planOf(TWO_R, { structure: { ...RISING, atr: 1.5 } }).stop).toBe(98.6);
    const short = { direction: 'short', structure: { ...FALLING, atr: 1.5 } } as const;
    expect(planOf(TWO_R, short).stop).toBe(101.4);
  });

  it('is widened to four round trips where it is nearer, and says so', () => {
    // 4 × 0.5 = 2.00 against 1.50.
    const plan = planOf(TWO_R, { costPerUnit: 0.5 });
    expect(plan.stop).toBe(98);
    expect(plan.reasons.find(({ code }) => code === 'STOP_WIDENED')).toEqual({
      code: 'STOP_WIDENED',
      text: 'stop widened from 98.5 to 98: 4 × the cost of a round trip',
      ref: 'pivot:-1:100:99',
      knownAt: 500,
    });
  });

  it('is not widened where it is as far, or where the rule is off', () => {
    expect(codesOf(planOf(TWO_R, { costPerUnit: 0.375 }))).not.toContain('STOP_WIDENED');
    const off = planOf(TWO_R, { costPerUnit: 0.5, stopDistanceRule: false });
    expect(off.stop).toBe(98.5);
  });

  it('refuses without a pivot on the losing side', () => {
    expect(refusalOf(TWO_R, { direction: 'short' })).toEqual({
      reason: 'NO_STOP',
      reasons: [{ code: 'NO_STOP', text: 'no confirmed pivot high above the close 100' }],
    });
    expect(refusalOf(TWO_R, { structure: structureOf() }).reasons[0]?.text).toBe(
      'no confirmed pivot low below the close 100',
    );
  });

  it('refuses a stop at or below zero', () => {
    const cheap = structureOf({ atr: 40, lastPivotBeyond: () => pivot(-1, 10) });
    const refusal = refusalOf(TWO_R, { structure: cheap });
    expect([refusal.reason, refusal.reasons.at(-1)?.text]).toEqual([
      'NO_STOP',
      'a stop at 0 protects nothing at 100',
    ]);
  });
});

describe("findStop of the strategy's own", () => {
  const at = { price: 100.15, atr: 1.23 } as const;

  it.each([
    // 100.15 × 0.995 = 99.64925 and × 1.005 = 100.65075
    [{ percent: 0.5 }, 99.6, 100.7],
    // 2 × 1.23 = 2.46: 97.69 and 102.61
    [{ atr: 2 }, 97.65, 102.65],
    [{ ticks: 3 }, 100, 100.3],
  ])('%o', (stop, long, short) => {
    expect(planOf({ ...TWO_R, stop }, at).stop).toBe(long);
    expect(planOf({ ...TWO_R, stop }, { ...at, direction: 'short', structure: FALLING }).stop).toBe(short);
  });

  it('is never widened', () => {
    const plan = planOf({ ...TWO_R, stop: { ticks: 2 } }, { costPerUnit: 0.5 });
    expect(plan.stop).toBe(99.9);
  });

  it('waits for the ATR it is measured in', () => {
    expect(refusalOf({ ...TWO_R, stop: { atr: 2 } }, { atr: Number.NaN }).reason).toBe(
      'STRUCTURE_WARMING_UP',
    );
  });

  it('refuses a stop that is the close itself', () => {
    expect(refusalOf({ ...TWO_R, stop: { ticks: 1e-9 } }).reason).toBe('NO_STOP');
  });
});
