import { describe, expect, it } from 'vitest';
import { smallerRisk } from '../../../src/core/views/smaller-risk.ts';
import { makeTrade } from '../domain/performance/make-trade.ts';

const set = { riskPct: 1, ownRiskPct: [] };
const tradesOf = (...riskPct: readonly number[]) => riskPct.map((of) => makeTrade({ riskPct: of }));

describe('a risk far below the one that is set', () => {
  it('is told where half of the trades took less than half of it', () => {
    // Median of 0.1, 0.4, 0.9.
    expect(smallerRisk(tradesOf(0.9, 0.1, 0.4), set)).toEqual([
      {
        code: 'smaller_risk',
        text: 'Half of the trades risked 0.40 % or less of the account, not the 1 % that is set: limits such as buying power and liquidity cut their quantity. The money is of that size.',
      },
    ]);
    expect(smallerRisk(tradesOf(0.4), set)[0]?.text).toMatch(
      /^The one trade risked 0\.40 % of .* its quantity/,
    );
  });

  it('is not told at half of it, or where nothing traded', () => {
    expect(smallerRisk(tradesOf(0.1, 0.5, 0.9), set)).toEqual([]);
    expect(smallerRisk([], set)).toEqual([]);
  });

  it('holds each trade against the setting of its strategy', () => {
    const own = { riskPct: 1, ownRiskPct: [{ strategy: 'Careful', riskPct: 0.01 }] };
    const careful = (riskPct: number) => makeTrade({ strategy: 'Careful', riskPct });
    // 0.009 of 0.01: as set, though far below 1.
    expect(smallerRisk([careful(0.009)], own)).toEqual([]);
    expect(smallerRisk([careful(0.002)], own)[0]?.text).toMatch(/not the 0\.01 % that is set/);
    // Shares 0.002 ÷ 0.01 = 0.2, 0.3 ÷ 1 = 0.3, 1: the middle one is 0.3.
    expect(smallerRisk([careful(0.002), ...tradesOf(0.3, 1)], own)[0]?.text).toMatch(
      /^Half of the trades risked 30\.00 % or less of what is set for their strategies: limits/,
    );
  });
});
