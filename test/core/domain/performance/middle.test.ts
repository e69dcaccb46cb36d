import { describe, expect, it } from 'vitest';
import { mean, median, sampleDeviation } from '../../../../src/core/domain/performance/middle.ts';

describe('mean, median and spread', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 1, 9, 5])).toBe(7);
  });

  it('leaves its argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('reckons the spread with n − 1', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, ÷ 7
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(sampleDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('has no number for nothing', () => {
    expect([mean([]), median([]), sampleDeviation([1])]).toEqual([null, null, null]);
  });
});
