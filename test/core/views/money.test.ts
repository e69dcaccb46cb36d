import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../../src/core/views/money.ts';

describe('formatMoney', () => {
  it.each([
    [100_000_000, 'INR', 2, '₹10,00,000.00'],
    [-12_345_678_905, 'INR', 2, '-₹12,34,56,789.05'],
    [5, 'INR', 2, '₹0.05'],
    [10_000_000, 'USD', 2, '$100,000.00'],
    [-1250, 'USD', 2, '-$12.50'],
    [0, 'USD', 2, '$0.00'],
    [1234, 'JPY', 0, '¥1,234'],
    [123_456_789, 'USDT', 4, '12,345.6789 USDT'],
    // beyond what a double of currency units could show
    [9_007_199_254_740_991, 'USD', 2, '$90,071,992,547,409.91'],
  ])('%d %s with %d digits', (minor, currency, minorDigits, text) => {
    expect(formatMoney(minor, { currency, minorDigits })).toBe(text);
  });
});
