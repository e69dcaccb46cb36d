import { describe, expect, it } from 'vitest';
import type { Params } from '../../../../src/core/domain/indicators/entry.ts';
import { patternCatalog } from '../../../../src/core/domain/patterns/catalog.ts';
import { reading, readOut } from '../indicators/read-out.ts';
import { type Drawn, tape } from '../rules/make-tape.ts';

/** Drawn candles, and whether the pattern is there on the last. */
type Case = readonly [title: string, there: boolean, ...drawn: readonly Drawn[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  bullish_engulfing: [
    ['covers the falling body', true, [102, 103, 99, 100], [99, 104, 98, 103]],
    ['may have one end equal: the bottom', true, [102, 103, 99, 100], [100, 104, 98, 103]],
    ['may have one end equal: the top', true, [102, 103, 99, 100], [99, 104, 98, 102]],
    ['may not have both ends equal', false, [102, 103, 99, 100], [100, 104, 98, 102]],
    ['must reach the open before', false, [102, 103, 99, 100], [99, 104, 98, 101.95]],
    ['must begin at or under the close before', false, [102, 103, 99, 100], [100.05, 104, 98, 103]],
    ['needs a falling body before', false, [100, 103, 99, 102], [99, 104, 98, 103]],
    ['needs a body before', false, [101, 103, 99, 101], [99, 104, 98, 103]],
    ['needs a rising body', false, [102, 103, 99, 100], [103, 104, 98, 99]],
  ],
  bearish_engulfing: [
    ['covers the rising body', true, [100, 103, 99, 102], [103, 104, 98, 99]],
    ['may have one end equal', true, [100, 103, 99, 102], [102, 104, 98, 99]],
    ['may not have both ends equal', false, [100, 103, 99, 102], [102, 104, 98, 100]],
    ['must reach the open before', false, [100, 103, 99, 102], [103, 104, 98, 100.05]],
    ['needs a rising body before', false, [102, 103, 99, 100], [103, 104, 98, 99]],
  ],
  hammer: [
    // Body 1, lower wick 3, upper wick 0.4, range 4.4.
    ['hangs on a long lower wick', true, [103, 104.4, 100, 104]],
    ['may fall too', true, [104, 104.4, 100, 103]],
    ['lower wick exactly twice the body is too short', false, [102, 103.4, 100, 103]],
    ['lower wick a tick longer is enough', true, [102.05, 103.4, 100, 103.05]],
    ['upper wick exactly half the body is too long', false, [103, 104.5, 100, 104]],
    ['has a body', false, [104, 104, 100, 104]],
    ['is no candle without range', false, [100, 100, 100, 100]],
  ],
  pinbar: [
    // Body 1, lower wick 2, upper wick 0.2: both exactly at their limits.
    ['with the wicks at their limits', true, [102, 103.2, 100, 103]],
    ['upside down', true, [101, 103, 99.8, 100]],
    ['wick a tick short of twice the body', false, [101.95, 103.15, 100, 102.95]],
    ['other wick a tick too long', false, [102, 103.25, 100, 103]],
    ['long wicks on both sides', false, [102, 105, 100, 103]],
    ['is no candle without range', false, [100, 100, 100, 100]],
    ['may lack a body', true, [103, 103, 100, 103]],
    ['on a grid where twice the body is no binary fraction', true, [70.15, 70.2, 70.05, 70.2]],
  ],
  doji: [
    // Body 0.1 of range 1.0: exactly a tenth, though 100.1 - 100 is not 0.1 in binary.
    ['with a body of a tenth of the range', true, [100, 100.6, 99.6, 100.1]],
    ['with a body a little over a tenth', false, [100, 100.6, 99.6, 100.11]],
    ['without range', true, [100, 100, 100, 100]],
    ['without body', true, [100, 101, 99, 100]],
  ],
  inside_bar: [
    ['within the candle before', true, [100, 105, 95, 101], [101, 104, 96, 100]],
    ['exactly as far', true, [100, 105, 95, 101], [101, 105, 95, 100]],
    ['above its high', false, [100, 105, 95, 101], [101, 105.05, 96, 100]],
    ['below its low', false, [100, 105, 95, 101], [101, 104, 94.95, 100]],
  ],
};

function isThere(name: string, drawn: readonly Drawn[], params: Params = {}) {
  return readOut(reading(name, params), tape(drawn)).at(-1);
}

describe.each([...patternCatalog.keys()])('%s', (name) => {
  for (const [title, there, ...drawn] of CASES[name] ?? []) {
    it(`${there ? 'is' : 'is not'} there: ${title}`, () => {
      expect(isThere(name, drawn)).toBe(there ? 1 : 0);
    });
  }
});

describe('pinbar with a direction', () => {
  const lowerWick: Drawn = [102, 103.2, 100, 103];
  const upperWick: Drawn = [101, 103, 99.8, 100];

  it.each([
    ['long', lowerWick, 1],
    ['long', upperWick, 0],
    ['short', lowerWick, 0],
    ['short', upperWick, 1],
  ])('%s', (direction, candle, expected) => {
    expect(isThere('pinbar', [candle], { direction })).toBe(expected);
  });
});

describe('patterns of two candles', () => {
  it.each(['bullish_engulfing', 'bearish_engulfing', 'inside_bar'])(
    '%s is undefined on the first',
    (name) => {
      const pattern = reading(name);
      expect(readOut(pattern, tape([[1, 1, 1, 1]]))).toEqual([undefined]);
      expect(pattern.why()).toBe('warming up (1 of 2)');
    },
  );
});
