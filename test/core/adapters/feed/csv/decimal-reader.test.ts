import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecimalReader, placesOf } from '../../../../../src/core/adapters/feed/csv/decimal-reader.ts';

/** The number at the start of a text, and where it ended. */
function read(text: string): { value: number | undefined; end: number } {
  const into = new Float64Array(1);
  const end = createDecimalReader().read(Buffer.from(`${text},`), 0, into, 0);
  return { value: into[0], end };
}

describe('createDecimalReader', () => {
  it('reads decimals exactly as Number does, whatever their length', () => {
    const decimal = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        fc.stringMatching(/^\d{1,25}$/),
        fc.option(fc.stringMatching(/^\d{0,30}$/), { nil: undefined }),
        fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined }),
      )
      .map(([sign, whole, fraction, exponent]) => {
        const point = fraction === undefined ? '' : `.${fraction}`;
        return `${sign}${whole}${point}${exponent === undefined ? '' : `e${exponent}`}`;
      });
    fc.assert(
      fc.property(decimal, (text) => {
        expect(read(text)).toEqual({ value: Number(text) + 0, end: text.length });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every double from its shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value)).value).toBe(value + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '-', '.', 'abc', '-.', 'NaN', 'Infinity', '1e', '1e999'])(
    'reads no number from "%s"',
    (text) => {
      expect(read(text).value).toBeNaN();
    },
  );

  it('stops where the number ends', () => {
    expect(read('12.5abc')).toEqual({ value: 12.5, end: 4 });
  });
});

describe('placesOf', () => {
  it.each([
    [4.58, 2],
    [100, 0],
    [0.0000282, 7],
    [1 / 3, 9],
  ])('%d needs %i digits after the point', (value, places) => {
    expect(placesOf(value)).toBe(places);
  });
});
