import { describe, expect, it } from 'vitest';
import { buyAndHold } from '../../../../src/core/domain/performance/buy-and-hold.ts';

function columns(open: readonly number[], close: readonly number[]) {
  const numbers = Float64Array.from(open);
  return {
    symbol: 'INFY',
    length: open.length,
    openAt: numbers,
    open: numbers,
    high: numbers,
    low: numbers,
    close: Float64Array.from(close),
    volume: undefined,
    priceDecimals: 2,
  };
}

describe('buy and hold', () => {
  it('goes from the first open to the last close', () => {
    // 100 → 125
    expect(buyAndHold(columns([100, 300], [200, 125]))).toEqual({
      symbol: 'INFY',
      firstOpen: 100,
      lastClose: 125,
      grossPct: 25,
    });
  });

  it('is nothing without candles', () => {
    expect(buyAndHold(columns([], []))).toBeNull();
  });
});
