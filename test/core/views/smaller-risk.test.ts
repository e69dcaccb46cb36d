import { describe, expect, it } from 'vitest';
import { smallerRisk } from '../../../src/core/views/smaller-risk.ts';
import { makeTrade } from '../domain/performance/make-trade.ts';

const tradesOf = (...riskPct: readonly number[]) => riskPct.map((of) => makeTrade({ riskPct: of }));

describe('a risk far below the one that is set', () => {
  it('is told where half of the trades took less than half of it', () => {
    // Median of 0.1, 0.4, 0.9.
    expect(smallerRisk(tradesOf(0.9, 0.1, 0.4), { riskPct: 1 })).toEqual([
      {
        code: 'smaller_risk',
        text: 'Half of the trades risked 0.40 % or less of the account, not the 1 % that is set: limits such as buying power and liquidity cut their quantity. The money is of that size.',
      },
    ]);
    expect(smallerRisk(tradesOf(0.4), { riskPct: 1 })[0]?.text).toMatch(
      /^The one trade risked 0\.40 % of .* its quantity/,
    );
  });

  it('is not told at half of it, or where nothing traded', () => {
    expect(smallerRisk(tradesOf(0.1, 0.5, 0.9), { riskPct: 1 })).toEqual([]);
    expect(smallerRisk([], { riskPct: 1 })).toEqual([]);
  });
});
