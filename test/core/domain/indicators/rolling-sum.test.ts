import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingSum } from '../../../../src/core/domain/indicators/rolling-sum.ts';
import { sma } from '../../../../src/core/domain/indicators/sma.ts';

function meansOf(window: RollingSum, numbers: readonly number[]): readonly number[] {
  const out = new Float64Array(numbers.length);
  window.means(Float64Array.from(numbers), out);
  return [...out];
}

const NONE = Number.NaN;

describe('means of a column', () => {
  it('begin anew after a missing number', () => {
    // (1+3)/2; nothing of before the gap: (5+7)/2, (7+9)/2
    expect(meansOf(new RollingSum(2), [1, 3, NONE, 5, 7, 9])).toEqual([NONE, 2, NONE, NONE, 6, 8]);
    // the gap in the middle of a lap: (1+2+3)/3, (2+3+4)/3
    expect(meansOf(new RollingSum(3), [9, NONE, 1, 2, 3, 4])).toEqual([NONE, NONE, NONE, NONE, 2, 3]);
  });

  it('are those of the last numbers since the last gap, however the column is cut', () => {
    const number = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 1000 }) }, fc.constant(NONE));
    const columns = fc.array(fc.array(number, { maxLength: 30 }), { maxLength: 8 });
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const window = new RollingSum(size);
        const means = parts.flatMap((part) => meansOf(window, part));
        const numbers = parts.flat();
        const expected = numbers.map((_, i) => {
          const last = numbers.slice(Math.max(0, i + 1 - size), i + 1);
          return last.length < size ? NONE : last.reduce((a, b) => a + b, 0) / size; // NaN where one is missing
        });
        expect(means).toEqual(expected);
      }),
    );
  });
});

describe('a moving average of volume', () => {
  it('says why it has no number: the last one was missing, or it warms up', () => {
    const average = sma.create({ period: 2 }, 'volume');
    const fold = (...numbers: readonly number[]) =>
      average.series?.fold(Float64Array.from(numbers), new Float64Array(numbers.length));
    fold(100, 100);
    expect(average.why()).toBeUndefined();
    fold(100, NONE);
    expect(average.why()).toBe('no volume');
    fold(100);
    expect(average.why()).toBe('warming up (1 of 2)');
  });
});
