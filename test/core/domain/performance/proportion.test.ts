import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../../src/core/domain/performance/proportion.ts';

describe('Wilson interval', () => {
  it('agrees with the arithmetic for 8 of 10', () => {
    // z² = 3.841459; centre = (0.8 + 3.841459/20) / (1 + 0.3841459) = 0.992073/1.384146 = 0.716740
    // margin = 1.959964 × √(0.8·0.2/10 + 3.841459/400) / 1.384146 = 1.959964 × 0.160012 / 1.384146 = 0.226577
    const interval = wilson(8, 10);
    expect(interval?.pct).toBe(80);
    expect(interval?.lowPct).toBeCloseTo(49.0162, 3);
    expect(interval?.highPct).toBeCloseTo(94.3318, 3);
  });

  it('is one-sided at the ends: 0 of 10 reaches z² ÷ (n + z²)', () => {
    // 3.841459 / 13.841459 = 27.7533 %
    expect(wilson(0, 10)?.lowPct).toBe(0);
    expect(wilson(0, 10)?.highPct).toBeCloseTo(27.7533, 3);
    expect(wilson(10, 10)?.lowPct).toBeCloseTo(72.2467, 3);
    expect(wilson(10, 10)?.highPct).toBeCloseTo(100, 9);
  });

  it('is no number for no trades', () => {
    expect(wilson(0, 0)).toBeNull();
  });

  it('holds the share and stays within 0 to 100', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (hits, misses) => {
        fc.pre(hits + misses > 0);
        const interval = wilson(hits, hits + misses);
        if (interval === null) return false;
        const { pct, lowPct, highPct } = interval;
        return lowPct >= 0 && highPct <= 100 && lowPct <= pct + 1e-9 && pct <= highPct + 1e-9;
      }),
    );
  });
});
