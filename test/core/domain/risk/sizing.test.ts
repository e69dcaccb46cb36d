import { describe, expect, it } from 'vitest';
import { createSizer } from '../../../../src/core/domain/risk/sizing.ts';
import { SHARE } from '../../../desk.ts';

/** 1 % of E; in at 100, the stop at 99. */
function sized(equity: number, costPerUnit: number) {
  const size = createSizer(SHARE, 2);
  return size({ equityMinor: equity * 100, riskPct: 1, worstEntry: 100, stop: 99, costPerUnit });
}

describe('costs per unit', () => {
  it('are rounded up, four decimals below the price: the least of a cost takes a share off', () => {
    expect(sized(100_000, 0).qty).toBe(1000);
    // 1,000 ÷ 1.000001 = 999.999
    expect(sized(100_000, 0.0000004).qty).toBe(999);
  });

  it('are what is written, not the float: 1,300 ÷ (1.00 + 0.30) = 1,000', () => {
    expect(0.1 + 0.2).toBeGreaterThan(0.3);
    expect(sized(130_000, 0.1 + 0.2).qty).toBe(1000);
  });

  it('are part of 1 R: 1,000 × 1.30 = 1,300.00', () => {
    expect(sized(130_000, 0.3).riskMinor(1000)).toBe(130_000);
  });
});
