import { describe, expect, it } from 'vitest';
import { entryLimit } from '../../../../src/core/domain/risk/entry-limit.ts';
import { DEFAULT_FILLS } from '../../../../src/core/domain/simulation/settings.ts';
import { SHARE } from '../../../desk.ts';

const FILLS = { ...DEFAULT_FILLS, collarRatio: 0.25 };

describe('the worst price of an entry', () => {
  it.each([
    // a quarter of 1.10 is 0.275; on the grid of 0.05, away from advantage
    ['long', 98.9, 100.3],
    ['short', 101.1, 99.7],
    // a quarter of 0.10 is 0.025: one tick at least
    ['long', 99.9, 100.05],
    ['short', 100.1, 99.95],
  ] as const)('at the market, %s from 100 with its stop at %d, is %d', (direction, stop, worst) => {
    const entry = { kind: 'market', price: 100, validUntil: 0 } as const;
    const plan = { direction, stop, entry, price: 100 } as Parameters<typeof entryLimit>[0]; // all that it reads
    expect(entryLimit(plan, FILLS, SHARE)).toBe(worst);
  });

  it.each(['limit', 'stop'] as const)('of a %s entry is its own price', (kind) => {
    const entry = { kind, price: 99.5, validUntil: 0 };
    const plan = { direction: 'long', stop: 98, entry, price: 100 } as Parameters<typeof entryLimit>[0]; // likewise
    expect(entryLimit(plan, FILLS, SHARE)).toBe(99.5);
  });
});
