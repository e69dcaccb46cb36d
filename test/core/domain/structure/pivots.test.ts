import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../../src/core/domain/market/candle.ts';
import { createPivots } from '../../../../src/core/domain/structure/pivots.ts';
import { candleAt, candlesOf, STEP, tapeOf, wanderings, zigzag } from './tape.ts';

type Confirmed = {
  readonly on: number;
  readonly side: 'high' | 'low';
  readonly price: number;
  readonly of: number;
};

function confirmedOf(candles: readonly Candle[], left = 3, right = 3): readonly Confirmed[] {
  const pivots = createPivots(left, right);
  const out: Confirmed[] = [];
  candles.forEach((candle, on) => {
    pivots.next(candle);
    for (const side of ['high', 'low'] as const) {
      const price = pivots[side];
      if (!Number.isNaN(price)) out.push({ on, side, price, of: pivots.formedAt / STEP });
    }
  });
  return out;
}

describe('createPivots', () => {
  it('confirms a high three candles after it formed', () => {
    const tape = candlesOf(zigzag(10, 11, 12, 15, 12, 11, 10));
    expect(confirmedOf(tape)).toEqual([{ on: 6, side: 'high', price: 15.5, of: 3 }]);
    expect(confirmedOf(tape.slice(0, 6))).toEqual([]);
  });

  it('confirms a low likewise', () => {
    const tape = candlesOf(zigzag(15, 14, 13, 10, 13, 14, 15));
    expect(confirmedOf(tape)).toEqual([{ on: 6, side: 'low', price: 9.5, of: 3 }]);
  });

  it('needs as many candles before as after', () => {
    expect(confirmedOf(candlesOf(zigzag(11, 12, 15, 12, 11, 10)))).toEqual([]);
  });

  it('takes the first candle of a plateau and counts the rest of it', () => {
    const pivots = createPivots(3, 3);
    const seen: [number, number][] = [];
    for (const candle of candlesOf(zigzag(10, 11, 12, 15, 15, 12, 15, 11, 10, 9))) {
      pivots.next(candle);
      if (!Number.isNaN(pivots.high)) seen.push([pivots.formedAt / STEP, pivots.highRepeats]);
    }
    expect(seen).toEqual([[3, 2]]);
  });

  it('says which came first when one candle is both', () => {
    const tail = zigzag(10, 10, 10);
    for (const [open, close, lowFirst] of [
      [9, 11, true],
      [10, 10, true],
      [11, 9, false],
    ] as const) {
      const pivots = createPivots(3, 3);
      for (const candle of candlesOf([...tail, [open, 15, 5, close], ...tail])) pivots.next(candle);
      expect([pivots.high, pivots.low, pivots.lowFirst]).toEqual([15, 5, lowFirst]);
    }
  });

  it('confirms nothing on a flat tape', () => {
    expect(confirmedOf(Array.from({ length: 30 }, (_, i) => candleAt(i, [5, 5, 5, 5])))).toEqual([]);
  });

  it('agrees with the definition, written out over the whole tape', () => {
    const lengths = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(wanderings, lengths, lengths, (steps, left, right) => {
        const tape = tapeOf(steps, 0.25);
        expect(confirmedOf(tape, left, right)).toEqual(byDefinition(tape, left, right));
      }),
    );
  });
});

function byDefinition(tape: readonly Candle[], left: number, right: number): readonly Confirmed[] {
  const out: Confirmed[] = [];
  for (let on = left + right; on < tape.length; on += 1) {
    const of = on - right;
    const before = tape.slice(of - left, of);
    const after = tape.slice(of + 1, on + 1);
    const { high = 0, low = 0 } = tape[of] ?? {};
    if (before.every((other) => other.high < high) && after.every((other) => other.high <= high)) {
      out.push({ on, side: 'high', price: high, of });
    }
    if (before.every((other) => other.low > low) && after.every((other) => other.low >= low)) {
      out.push({ on, side: 'low', price: low, of });
    }
  }
  return out;
}
