import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCandleRing } from '../../../../../src/core/views/dashboard/fold/candle-ring.ts';

describe('a ring of candles', () => {
  it('gives back the newest as they were pushed, oldest first, an unknown volume included', () => {
    const number = fc.double({ noNaN: true });
    const candle = fc.record({
      openAt: number,
      closeAt: number,
      open: number,
      high: number,
      low: number,
      close: number,
      volume: fc.double(),
      sessionOpenAt: number,
    });
    fc.assert(
      fc.property(fc.array(candle, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (candles, kept) => {
        const ring = createCandleRing(3, kept);
        for (const of of candles) ring.push(of);
        expect(ring.read()).toEqual(candles.slice(-kept).map((of) => ({ slot: 3, ...of })));
      }),
    );
  });
});
