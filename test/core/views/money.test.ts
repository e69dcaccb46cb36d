import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalAmount,
  formatAmount,
  formatMoney,
  formatSignedMoney,
} from '../../../src/core/views/money.ts';

const INR = { currency: 'INR', minorDigits: 2 };
const USD = { currency: 'USD', minorDigits: 2 };

describe('money', () => {
  it.each([
    [100_000_000, INR, '₹10,00,000.00'],
    [12_345_678_901, INR, '₹12,34,56,789.01'],
    [99_999, INR, '₹999.99'],
    [100_000, INR, '₹1,000.00'],
    [5, INR, '₹0.05'],
    [-123_450, INR, '-₹1,234.50'],
    [10_000_000, USD, '$100,000.00'],
    [-1, USD, '-$0.01'],
    [123_456_789, { currency: 'USDT', minorDigits: 4 }, '12,345.6789 USDT'],
    [1_234, { currency: 'JPY', minorDigits: 0 }, '¥1,234'],
    [100, { currency: '__proto__', minorDigits: 2 }, '1.00 __proto__'],
  ])('%d minor units of %o read %s', (minor, money, text) => {
    expect(formatMoney(minor, money)).toBe(text);
  });

  it('rounds fractions of a minor unit and never writes -0', () => {
    expect(formatMoney(8693.6, INR)).toBe('₹86.94');
    expect(formatMoney(-0.4, INR)).toBe('₹0.00');
    expect(formatSignedMoney(0.4, INR)).toBe('₹0.00');
  });

  it('shows a sign that reads without colour', () => {
    expect([1, 0, -1].map((minor) => formatSignedMoney(minor, USD))).toEqual(['+$0.01', '$0.00', '-$0.01']);
  });

  it('leaves the currency out where the column names it', () => {
    expect(formatAmount(-123_456_789, INR)).toBe('-12,34,567.89');
  });

  it('writes files without grouping, and what it writes is the amount', () => {
    expect(decimalAmount(-123_456_789, INR)).toBe('-1234567.89');
    fc.assert(
      fc.property(fc.integer(), (minor) => {
        expect(Math.round(Number(decimalAmount(minor, INR)) * 100) + 0).toBe(minor + 0);
      }),
    );
  });

  it('keeps every digit, however it groups them', () => {
    fc.assert(
      fc.property(fc.integer(), (minor) => {
        expect(formatAmount(minor, INR).replaceAll(',', '')).toBe(decimalAmount(minor, INR));
        expect(formatAmount(minor, USD).replaceAll(',', '')).toBe(decimalAmount(minor, USD));
      }),
    );
  });
});
