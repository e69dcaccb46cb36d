import { describe, expect, it } from 'vitest';
import { dailyReturns, sharpe } from '../../../../src/core/domain/performance/sharpe.ts';

/** +2 % and −1 % in turn: mean 0.5 %, squares 20 × 0.015², so sd = 0.015 × √(20/19). */
const TWENTY = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.02 : -0.01));

describe('Sharpe ratio', () => {
  it('is mean ÷ sd(n−1) × √252 with the standard error of Lo (2002)', () => {
    // daily: 0.005 / (0.015 × √(20/19)) = 0.324893; × √252 (15.874508) = 5.157511
    // error: √((1 + 0.324893²/2) / 20) × √252 = √(1.052778/20) × 15.874508 = 0.229432 × 15.874508 = 3.642118
    const { ratio, standardError, days } = sharpe(TWENTY, 252);
    expect(ratio).toBeCloseTo(5.1575, 3);
    expect(standardError).toBeCloseTo(3.6421, 3);
    expect(days).toBe(20);
  });

  it('has the error that Lo gives for 60 months with a monthly ratio of 0.5', () => {
    // √((1 + 0.125) / 60) = 0.1369; returns with mean 0.5 and sd 1: half at 0.5 + k, half at 0.5 − k, k² × 60/59 = 1
    const k = Math.sqrt(59 / 60);
    const months = Array.from({ length: 60 }, (_, i) => 0.5 + (i % 2 === 0 ? k : -k));
    expect(sharpe(months, 1).ratio).toBeCloseTo(0.5, 12);
    expect(sharpe(months, 1).standardError).toBeCloseTo(0.1369, 4);
  });

  it('is not given under 20 days', () => {
    expect(sharpe(TWENTY.slice(1), 252)).toEqual({
      ratio: null,
      standardError: null,
      days: 19,
      periodsPerYear: 252,
    });
  });

  it('is not given for a curve without spread, however floats round', () => {
    expect(sharpe(new Float64Array(30), 252).ratio).toBeNull();
    expect(sharpe(new Float64Array(30).fill(0.1), 252).ratio).toBeNull();
  });
});

describe('daily returns', () => {
  function returnsOf(...closes: readonly (readonly [date: string, equityMinor: number])[]) {
    const sessions = closes.map(([date, equityMinor], at) => ({
      date,
      at,
      equityMinor,
      lowMinor: equityMinor,
      peakMinor: equityMinor,
    }));
    return [...dailyReturns({ startingMinor: 100, endMinor: 0, sessions, drawdown: null })];
  }

  it('go from the starting balance day by day, idle days included', () => {
    // 100 → 110 → 110 → 99
    const [first, idle, last] = returnsOf(['1', 110], ['2', 110], ['3', 99]);
    expect(first).toBeCloseTo(0.1, 12);
    expect(idle).toBe(0);
    expect(last).toBeCloseTo(-0.1, 12);
  });

  it('take the later close of two sessions of one date', () => {
    expect(returnsOf(['1', 150], ['1', 120])).toEqual([0.19999999999999996]);
  });

  it('end where nothing is left', () => {
    expect(returnsOf(['1', -20], ['2', 50])).toEqual([-1.2]);
  });
});
