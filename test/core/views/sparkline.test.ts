import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../src/core/views/sparkline.ts';

describe('sparkline', () => {
  it('draws low to high', () => {
    expect(sparkline([0, 7, 3.5, 1], 10)).toBe('▁█▅▂');
  });

  it('ends with the last value however few columns there are', () => {
    // pairs of 1 2 3 4 5 8: their last values 2, 4, 8 → 0, 2/6 · 7 = 2.33, 7
    expect(sparkline([1, 2, 3, 4, 5, 8], 3)).toBe('▁▃█');
  });

  it('is level for a level series and nothing for a point', () => {
    expect(sparkline([5, 5, 5], 10)).toBe('▄▄▄');
    expect(sparkline([5], 10)).toBe('');
  });
});
