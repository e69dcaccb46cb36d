import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalsOf,
  fromMinor,
  intToPrice,
  moneyGrid,
  mulDivCeil,
  mulDivFloor,
  mulDivRound,
  notionalMinor,
  priceToInt,
  toMinor,
} from '../../../../src/core/domain/trading/money.ts';

const NSE_SHARE = { decimals: 2, lotDecimals: 0, minorDigits: 2 };
const COIN = { decimals: 2, lotDecimals: 5, minorDigits: 2 };

describe('toMinor', () => {
  it.each([
    [1234.56, 2, 123_456],
    // 1.005 is a shade below its decimal: what is written counts
    [1.005, 2, 101],
    [-1.005, 2, -101],
    [1e-7, 2, 0],
    [-0.001, 2, 0],
    [1_000_000, 2, 100_000_000],
    [1e21, 2, 1e23],
    [12, 0, 12],
  ])('%d with %d digits is %d', (amount, digits, minor) => {
    expect(toMinor(amount, digits)).toBe(minor);
  });

  it('comes back from the decimal it was shown as', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (minor) => {
        expect(toMinor(fromMinor(minor, 2), 2)).toBe(minor + 0);
      }),
    );
  });
});

describe('prices as whole numbers', () => {
  it('goes there and back', () => {
    expect(priceToInt(153.65, 2)).toBe(15_365);
    expect(priceToInt(100.15, 2)).toBe(10_015);
    expect(priceToInt(1.2345, 4)).toBe(12_345);
    expect(intToPrice(15_365, 2)).toBe(153.65);
  });

  it('keeps every price of the grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (units, decimals) => {
        expect(priceToInt(intToPrice(units, decimals), decimals)).toBe(units);
      }),
    );
  });
});

describe('notionalMinor', () => {
  it('multiplies units and price exactly', () => {
    // 200 x 153.20 = 30,640.00
    expect(notionalMinor(200, 153.2, NSE_SHARE)).toBe(3_064_000);
    // 0.12345 x 27,123.45 = 3,348.3899025
    expect(notionalMinor(0.12345, 27_123.45, COIN)).toBe(334_839);
    // 0.5 x 0.01 = 0.005, half up
    expect(notionalMinor(0.5, 0.01, COIN)).toBe(1);
    // 3 x 0.12345678 = 0.37037034
    expect(notionalMinor(3, 0.12345678, { decimals: 8, lotDecimals: 0, minorDigits: 2 })).toBe(37);
    // whole prices, money in cents: 7 x 105 = 735.00
    expect(notionalMinor(7, 105, { decimals: 0, lotDecimals: 0, minorDigits: 2 })).toBe(73_500);
  });

  it('stays exact where the product passes 2^53', () => {
    const lots = 9_876_543_210n;
    const units = 12_345_678n;
    const exact = (lots * units + 50_000n) / 100_000n;
    expect(notionalMinor(98_765.4321, 123_456.78, COIN)).toBe(Number(exact));
  });

  it('is the sum of its parts where nothing is rounded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 1e8 }),
        (qtys, units) => {
          const price = units / 100;
          const parts = qtys.reduce((sum, qty) => sum + notionalMinor(qty, price, NSE_SHARE), 0);
          const total = qtys.reduce((sum, qty) => sum + qty, 0);
          expect(parts).toBe(notionalMinor(total, price, NSE_SHARE));
        },
      ),
    );
  });

  it('takes its grid from the instrument', () => {
    expect(moneyGrid({ decimals: 2, lot: 0.00001 }, 2)).toEqual(COIN);
  });
});

describe('mulDivRound', () => {
  it.each([
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [4, 1, 3, 1],
    [-4, 1, 3, -1],
    [0, 5, 7, 0],
  ])('%d x %d / %d is %d', (a, b, divisor, expected) => {
    expect(mulDivRound(a, b, divisor)).toBe(expected);
  });

  it('agrees with whole-number arithmetic of any size', () => {
    const size = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 1, max: 1e11 }),
        (a, b, divisor) => {
          const product = BigInt(a) * BigInt(b);
          const abs = product < 0n ? -product : product;
          const half = (2n * abs + BigInt(divisor)) / (2n * BigInt(divisor));
          expect(mulDivRound(a, b, divisor)).toBe(Number(product < 0n ? -half : half) + 0);
        },
      ),
    );
  });

  it('rounds halves away from zero also beyond 2^53', () => {
    // 9,007,199,254,740,993 / 2 = 4,503,599,627,370,496.5
    expect(mulDivRound(3_002_399_751_580_331, 3, 2)).toBe(4_503_599_627_370_497);
    expect(mulDivRound(-3_002_399_751_580_331, 3, 2)).toBe(-4_503_599_627_370_497);
  });

  it('rounds down where asked', () => {
    expect(mulDivFloor(2, 1, 3)).toBe(0);
    expect(mulDivFloor(6, 1, 3)).toBe(2);
    // 9,007,199,254,740,999 / 2 = 4,503,599,627,370,499.5, and the nearest double of the product is a whole 1,000 at its end
    expect(mulDivFloor(3_002_399_751_580_333, 3, 2)).toBe(4_503_599_627_370_499);
  });

  it('rounds down as whole-number arithmetic of any size does', () => {
    const size = fc.integer({ min: 0, max: 2 ** 53 - 1 });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 1, max: 2 ** 53 - 1 }),
        (a, b, divisor) => {
          expect(mulDivFloor(a, b, divisor)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(divisor)));
        },
      ),
    );
  });

  // Products from 2^50 to 2^56, where one way of reckoning ends and the next begins; divisors from small to their size.
  it('agrees where the product is at the edge of what is exact', () => {
    const around = fc.double({ min: 50, max: 56, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(around, share, share, (bits, ofProduct, ofDivisor) => {
        const a = Math.max(1, Math.floor(2 ** (52 * ofProduct)));
        const b = Math.max(1, Math.floor(2 ** bits / a));
        fc.pre(Number.isSafeInteger(b));
        const divisor = Math.max(1, Math.floor(2 ** (52 * ofDivisor)));
        const product = BigInt(a) * BigInt(b);
        const of = BigInt(divisor);
        expect(mulDivFloor(a, b, divisor)).toBe(Number(product / of));
        expect(mulDivRound(a, b, divisor)).toBe(Number((2n * product + of) / (2n * of)));
        expect(mulDivRound(-a, b, divisor)).toBe(-Number((2n * product + of) / (2n * of)) + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('rounds up where asked', () => {
    expect(mulDivCeil(1, 1, 3)).toBe(1);
    expect(mulDivCeil(6, 1, 3)).toBe(2);
    expect(mulDivCeil(0, 9, 3)).toBe(0);
    // 9,007,199,254,740,993 / 2 = 4,503,599,627,370,496.5
    expect(mulDivCeil(3_002_399_751_580_331, 3, 2)).toBe(4_503_599_627_370_497);
  });
});

describe('decimalsOf', () => {
  it.each([
    [1, 0],
    [75, 0],
    [0.05, 2],
    [0.1, 1],
    [0.00001, 5],
    [0.000000001, 9],
    [0.25, 2],
  ])('of %d is %d', (step, decimals) => {
    expect(decimalsOf(step)).toBe(decimals);
  });
});
