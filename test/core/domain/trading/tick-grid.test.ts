import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moveTicks,
  orderPrice,
  roundDownToTick,
  roundUpToTick,
} from '../../../../src/core/domain/trading/tick-grid.ts';

const NSE = { tick: 0.05, decimals: 2 };

describe('orderPrice', () => {
  it('rounds up where we buy and down where we sell', () => {
    expect(orderPrice(100.12, 'buy', NSE)).toBe(100.15);
    expect(orderPrice(100.12, 'sell', NSE)).toBe(100.1);
  });
});

describe('rounding to the grid', () => {
  it('leaves a price on the grid where it is, as the decimal a reader would write', () => {
    // 100.15 ÷ 0.05 is 2003.0000000000002 in floating point, 1.15 ÷ 0.05 is 22.999999999999996.
    for (const price of [100.15, 1.15, 0.05, 99.95, 2003.3, 50_000.05]) {
      expect([roundUpToTick(price, NSE), roundDownToTick(price, NSE)]).toEqual([price, price]);
    }
  });

  it('cleans what arithmetic left of a decimal', () => {
    expect(roundDownToTick(0.1 + 0.2, NSE)).toBe(0.3);
    expect(moveTicks(100.1, 1, NSE)).toBe(100.15);
    expect(moveTicks(100.1, -3, NSE)).toBe(99.95);
  });

  it('knows coarse and fine grids', () => {
    expect(roundUpToTick(1234.1, { tick: 5, decimals: 0 })).toBe(1235);
    expect(roundDownToTick(60_000.123456789, { tick: 1e-9, decimals: 9 })).toBe(60_000.123456789);
    expect(roundUpToTick(60_000.123456789, { tick: 1e-9, decimals: 9 })).toBe(60_000.123456789);
  });

  it('gives no negative zero', () => {
    expect(Object.is(roundUpToTick(-0.01, NSE), 0)).toBe(true);
  });

  it('brackets every price within one tick, and every grid price exactly', () => {
    const grids = fc.constantFrom(
      NSE,
      { tick: 0.01, decimals: 2 },
      { tick: 0.25, decimals: 2 },
      { tick: 0.1, decimals: 1 },
    );
    fc.assert(
      fc.property(
        grids,
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (grid, n, part) => {
          const on = Number((n * grid.tick).toFixed(grid.decimals));
          expect(roundUpToTick(on, grid)).toBe(on);
          expect(roundDownToTick(on, grid)).toBe(on);
          const price = on + part * grid.tick;
          const [below, above] = [roundDownToTick(price, grid), roundUpToTick(price, grid)];
          expect(below).toBeLessThanOrEqual(price + 1e-6 * grid.tick);
          expect(above).toBeGreaterThanOrEqual(price - 1e-6 * grid.tick);
          expect(above - below).toBeLessThanOrEqual(grid.tick * (1 + 1e-6));
        },
      ),
    );
  });
});
