import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/core/domain/nearest.ts';

describe('the nearest name', () => {
  it.each([
    ['emma', ['ema', 'sma', 'rsi'], 'ema'], // one letter too many; of "sma" two differ
    ['lng', ['any', 'long', 'short'], 'long'],
    ['LONG', ['long'], 'long'],
    ['high', ['high', 'nigh'], 'high'], // exactly one, though another is near
  ])('of "%s" among %j is "%s"', (text, known, expected) => {
    expect(nearestName(text, known)).toBe(expected);
  });

  it.each([
    ['xma', ['ema', 'sma']], // one letter from each
    ['!==', ['==', '!=']],
    ['=', ['>', '<', '==']],
    ['', ['a']],
    ['supertrend', ['sma', 'ema']],
  ])('is none for "%s" among %j', (text, known) => {
    expect(nearestName(text, known)).toBeUndefined();
    expect(nearestName(text, known.toReversed())).toBeUndefined();
  });
});
