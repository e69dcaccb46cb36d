import { describe, expect, it } from 'vitest';
import {
  accountReturns,
  sharpe,
  tradeReturns,
  tradingDays,
} from '../../../../src/core/domain/performance/sharpe.ts';
import { makeTrade } from './make-trade.ts';

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

type Close = readonly [date: string, equityMinor: number];

function daysOf(...closes: readonly Close[]) {
  const sessions = closes.map(([date, equityMinor], i) => ({
    date,
    at: 100 * (i + 1),
    equityMinor,
    lowMinor: equityMinor,
    peakMinor: equityMinor,
  }));
  return tradingDays({ startingMinor: 100, endMinor: 0, sessions, drawdown: null });
}

describe('daily returns of the account', () => {
  const returnsOf = (...closes: readonly Close[]) => [...accountReturns(daysOf(...closes))];

  it('go from the starting balance day by day, idle days included', () => {
    // 100 → 110 → 110 → 99
    const [first, idle, last] = returnsOf(['1', 110], ['2', 110], ['3', 99]);
    expect(first).toBeCloseTo(0.1, 12);
    expect(idle).toBe(0);
    expect(last).toBeCloseTo(-0.1, 12);
  });

  it('take two sessions of one date for one day', () => {
    expect(returnsOf(['1', 150], ['1', 125])).toEqual([0.25]);
  });

  it('end where nothing is left', () => {
    expect(returnsOf(['1', -20], ['2', 50])).toEqual([-1.2]);
  });
});

describe('daily returns of trades', () => {
  it("fall on the day of the close, and are the account's where every position ends its day", () => {
    // 100 + 10 + 15 = 125; idle; 125 − 25 = 100. A close at the session's last instant belongs to it.
    const days = daysOf(['1', 125], ['2', 125], ['3', 100]);
    const trades = [
      makeTrade({ exitAt: 50, grossPnl: 10 }),
      makeTrade({ exitAt: 100, grossPnl: 15 }),
      makeTrade({ exitAt: 300, grossPnl: -25 }),
    ];
    expect([...tradeReturns(trades, days)]).toEqual([0.25, 0, -0.2]);
    expect([...accountReturns(days)]).toEqual([0.25, 0, -0.19999999999999996]);
  });
});
