import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSizer } from '../../src/core/domain/risk/sizing.ts';
import { SHARE } from '../desk.ts';

/** Whole ticks of 0.05, as a price. */
const price = (ticks: number): number => Math.round(ticks * 5) / 100;

const size = createSizer(SHARE, 2);

describe('quantity', () => {
  const cases = {
    equityMinor: fc.integer({ min: 1, max: 10_000_000_000 }),
    riskPct: fc.integer({ min: 1, max: 500 }).map((hundredths) => hundredths / 100),
    entry: fc.integer({ min: 2000, max: 100_000 }),
    near: fc.integer({ min: 1, max: 900 }),
    further: fc.integer({ min: 0, max: 1000 }),
    costPerUnit: fc.float({ min: 0, max: 5, noNaN: true }),
  };

  it('never grows with the stop distance', () => {
    fc.assert(
      fc.property(fc.record(cases), ({ equityMinor, riskPct, entry, near, further, costPerUnit }) => {
        const at = (distance: number) =>
          size({
            equityMinor,
            riskPct,
            worstEntry: price(entry),
            stop: price(entry - distance),
            costPerUnit,
          }).qty;
        expect(at(near + further)).toBeLessThanOrEqual(at(near));
      }),
    );
  });

  it('risks at most the budget, and one lot more would risk more', () => {
    fc.assert(
      fc.property(fc.record(cases), ({ equityMinor, riskPct, entry, near }) => {
        const { qty } = size({
          equityMinor,
          riskPct,
          worstEntry: price(entry),
          stop: price(entry - near),
          costPerUnit: 0,
        });
        // In whole numbers: qty × distance in paise against E in paise × risk in hundredths of a percent ÷ 10,000.
        const distance = BigInt(near * 5);
        const budget = BigInt(equityMinor) * BigInt(Math.round(riskPct * 100));
        expect(BigInt(qty) * distance * 10_000n <= budget).toBe(true);
        expect((BigInt(qty) + 1n) * distance * 10_000n > budget).toBe(true);
      }),
    );
  });
});
