import { describe, expect, it } from 'vitest';
import { createCostModel } from '../../../../../src/core/domain/trading/costs/catalog.ts';

const ibkr = createCostModel('ibkr-fixed');

describe('ibkr-fixed', () => {
  it.each([
    ['half a cent a share', 1000, 5_000_000, 500],
    ['at least a dollar', 100, 500_000, 100],
    ['at most one percent of the order', 10, 500, 5],
    // 201 x 0.5 cent = 100.5, half up
    ['half a cent rounded up', 201, 1_000_000, 101],
  ])('takes %s', (_what, qty, notional, commission) => {
    expect(ibkr.openBook('2020-12-15').fill({ orderId: 'a', side: 'buy', qty, notional })).toEqual({
      commission,
      secFee: 0,
      taf: 0,
    });
  });

  it.each([
    // 20,000 x 22.10 / 1M = 0.442 -> 0.45; 200 x 0.000119 = 0.0238 -> 0.03
    ['2020-12-15', 45, 3],
    // 20,000 x 19.20 / 1M = 0.384 -> 0.39; 200 x 0.000075 = 0.015 -> 0.02
    ['2011-01-24', 39, 2],
    // 16.90: 0.338 -> 0.34
    ['2011-01-20', 34, 2],
    // 17.40: 0.348 -> 0.35; 200 x 0.000119
    ['2013-10-08', 35, 3],
    // 27.80: 0.556 -> 0.56; 200 x 0.000166 = 0.0332 -> 0.04
    ['2025-05-13', 56, 4],
    ['2025-05-14', 0, 4],
    // 20.60: 0.412 -> 0.42; 200 x 0.000195 = 0.039 -> 0.04
    ['2026-04-06', 42, 4],
  ])('charges sellers the fees of %s, up to the cent', (date, secFee, taf) => {
    const book = ibkr.openBook(date);
    book.fill({ orderId: 'a', side: 'buy', qty: 200, notional: 2_000_000 });
    expect(book.fill({ orderId: 'b', side: 'sell', qty: 200, notional: 2_000_000 })).toMatchObject({
      secFee,
      taf,
    });
    expect(book.close()).toEqual({});
  });

  it('rounds the fees of the day up once, not those of each fill', () => {
    const book = ibkr.openBook('2020-12-15');
    const fees = [1, 2, 3].map((k) =>
      book.fill({ orderId: `o${k}`, side: 'sell', qty: 10, notional: 10_000 }),
    );
    // 100 x 22.10 / 1M = 0.00221 each: 0.00663 together -> 0.01 once; 10 x 0.000119: 0.00357 together -> 0.01 once
    expect(fees.map(({ secFee }) => secFee)).toEqual([1, 0, 0]);
    expect(fees.map(({ taf }) => taf)).toEqual([1, 0, 0]);
  });

  it('holds the activity fee to its maximum per order', () => {
    // 100,000 x 0.000166 = 16.60, at most 8.30
    const fill = { orderId: 'a', side: 'sell', qty: 100_000, notional: 100_000_000 } as const;
    expect(ibkr.openBook('2024-03-01').fill(fill)['taf']).toBe(830);
  });

  it('gives a price per unit for sizing', () => {
    // 0.005 + half of 0.000119 on each side
    expect(ibkr.rates('2020-12-15').perUnit).toBeCloseTo(0.0050595, 12);
    expect(ibkr.rates('2020-12-15').sellRatio).toBeCloseTo(0.0000221, 12);
  });

  it('says when no SEC rate is known', () => {
    expect(ibkr.outsideSchedule('2007-06-01')).toContain('2007-06-01');
    expect(ibkr.outsideSchedule('2013-10-08')).toBeUndefined();
  });
});
