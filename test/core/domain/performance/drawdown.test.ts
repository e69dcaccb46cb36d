import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawdownTracker, type Drawdown } from '../../../../src/core/domain/performance/drawdown.ts';

function worstOf(startingMinor: number, marks: readonly number[]): Drawdown | null {
  const tracker = createDrawdownTracker(startingMinor);
  for (const [at, equity] of marks.entries()) tracker.mark(at, equity);
  return tracker.worst();
}

describe('drawdown', () => {
  it('runs from the last instant at the peak to the trough, and says when it was made good', () => {
    // peak 120 at 2, trough 90 at 4: 30, 25 % of 120; back at 120 at 6
    expect(worstOf(100, [100, 110, 120, 105, 90, 115, 120, 118])).toEqual({
      amountMinor: 30,
      pct: 25,
      peakAt: 2,
      troughAt: 4,
      recoveredAt: 6,
    });
  });

  it('counts from the last of equal peaks', () => {
    expect(worstOf(100, [120, 110, 120, 90])?.peakAt).toBe(2);
  });

  it('takes the starting balance as the first peak', () => {
    expect(worstOf(100, [80, 90])).toEqual({
      amountMinor: 20,
      pct: 20,
      peakAt: null,
      troughAt: 0,
      recoveredAt: null,
    });
  });

  it('ranks falls by percent of their peak, not by money', () => {
    // 100 → 70 is 30 %; 200 → 150 is 25 % although 50 is more
    expect(worstOf(100, [70, 200, 150])).toMatchObject({ amountMinor: 30, pct: 30, recoveredAt: 1 });
  });

  it('is made good at the first instant back at the peak, whatever comes after it', () => {
    expect(worstOf(100, [80, 100, 95, 100, 130, 120])).toMatchObject({ troughAt: 0, recoveredAt: 1 });
  });

  it('forgets the recovery of a fall that a deeper one replaces', () => {
    expect(worstOf(100, [90, 100, 80])).toMatchObject({ amountMinor: 20, troughAt: 2, recoveredAt: null });
  });

  it('is nothing for an account that only rose', () => {
    expect(worstOf(100, [100, 101, 150])).toBeNull();
  });

  it('equals the largest of all pairwise falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 60 }), (marks) => {
        const all = [500, ...marks];
        const falls = all.flatMap((peak, i) => all.slice(i).map((trough) => (100 * (peak - trough)) / peak));
        expect(worstOf(500, marks)?.pct ?? 0).toBeCloseTo(Math.max(...falls), 9);
      }),
    );
  });
});
