import { describe, expect, it } from 'vitest';
import { type Drawn, tape } from '../rules/make-tape.ts';
import { reading, readOut } from './read-out.ts';

const CLOSES = [2, 4, 9, 9, 3].map((close): Drawn => [close, close, close, close, 1]);

describe('averages of three closes', () => {
  it('sma: (2+4+9)/3 = 5, (4+9+9)/3 = 22/3, (9+9+3)/3 = 7', () => {
    const [, , first, second, third] = readOut(reading('sma', { period: 3 }), tape(CLOSES));
    expect(first).toBe(5);
    expect(second).toBeCloseTo(22 / 3, 12);
    expect(third).toBe(7);
  });

  it('ema: seeded with the mean 5; weight 2/(3+1): 5 + (9−5)/2 = 7, 7 + (3−7)/2 = 5', () => {
    expect(readOut(reading('ema', { period: 3 }), tape(CLOSES))).toEqual([undefined, undefined, 5, 7, 5]);
  });
});
