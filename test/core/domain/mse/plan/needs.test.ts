import { describe, expect, it } from 'vitest';
import { needsAtr, needsStructure } from '../../../../../src/core/domain/mse/plan/needs.ts';
import type { StrategyPlan } from '../../../../../src/core/domain/rules/strategy.ts';

const WHOLE = { entry: 'market', stop: { percent: 1 }, target: { r: 2 } } as const;

describe('needsStructure', () => {
  it.each<[StrategyPlan, boolean]>([
    [WHOLE, false],
    [{ entry: 'market', stop: { percent: 1 } }, true],
    [{ entry: 'market', target: { r: 2 } }, true],
    [{ ...WHOLE, entry: 'limit' }, true],
    [{ ...WHOLE, entry: 'limit', entryOffset: { ticks: 2 } }, false],
    [{ ...WHOLE, entry: 'stop' }, true],
    [{ ...WHOLE, entry: 'auto', entryOffset: { ticks: 2 } }, true],
    [{ ...WHOLE, fallbackR: 2 }, false],
  ])('%o: %s', (plan, needed) => {
    expect(needsStructure(plan)).toBe(needed);
  });
});

describe('needsAtr', () => {
  it.each<[StrategyPlan, boolean]>([
    [WHOLE, false],
    [{ ...WHOLE, stop: { atr: 2 } }, true],
    [{ ...WHOLE, target: { atr: 2 } }, true],
    [{ ...WHOLE, entry: 'stop', entryOffset: { atr: 0.5 } }, true],
  ])('%o: %s', (plan, needed) => {
    expect(needsAtr(plan)).toBe(needed);
  });
});
