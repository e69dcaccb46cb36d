import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatFinePct,
  formatPct,
  formatPrice,
  formatR,
  formatRatio,
  formatSignedPct,
} from '../../../src/core/views/numbers.ts';

describe('numbers', () => {
  it.each([
    [45_000, '45s'],
    [59_600, '1m'],
    [24 * 60_000, '24m'],
    [65 * 60_000, '1h 05m'],
    [59.7 * 60_000, '1h 00m'],
    [76 * 3_600_000, '3d 04h'],
    [0, '0s'],
  ])('%d ms read %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('write multiples of R and percent with their sign, and nothing without', () => {
    expect([1.531, -1, 0.001, -0.001].map(formatR)).toEqual(['+1.53 R', '-1.00 R', '0.00 R', '0.00 R']);
    expect([2.5, -0.456].map((pct) => formatSignedPct(pct))).toEqual(['+2.50 %', '-0.46 %']);
    expect(formatPct(38.04)).toBe('38.0 %');
  });

  it('write a small percentage with figures enough to tell it from nothing', () => {
    const pcts = [0.4, 0.01, 0.005, 0.00994, 0.001234, 0.00001, 0];
    const texts = ['0.40 %', '0.01 %', '0.005 %', '0.0099 %', '0.0012 %', '0.00001 %', '0.00 %'];
    expect(pcts.map(formatFinePct)).toEqual(texts);
    expect(formatFinePct(null)).toBe('n/a');
  });

  it('write n/a where there is no number', () => {
    expect([formatR(null), formatPct(null), formatRatio(null), formatDuration(null)]).toEqual(
      Array(4).fill('n/a'),
    );
  });

  it('group counts and give them their word', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect([0.12345, 12_345.67891].map(formatCount)).toEqual(['0.12345', '12,345.67891']);
    expect([formatCounted(1, 'trade'), formatCounted(0, 'trade')]).toEqual(['1 trade', '0 trades']);
  });

  it('write prices on their grid', () => {
    expect(formatPrice(1000.2, 2)).toBe('1000.20');
  });
});
