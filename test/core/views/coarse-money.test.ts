import { describe, expect, it } from 'vitest';
import { coarseMoney } from '../../../src/core/views/coarse-money.ts';

const USD = { currency: 'USD', minorDigits: 2 };
const risking = (...cents: readonly number[]) => cents.map((riskAmount) => ({ riskAmount }));

describe('risks of a few cents', () => {
  it('are told, as what comes of them is mostly rounding', () => {
    // Median of 2, 4, 9000.
    expect(coarseMoney(risking(9000, 2, 4), USD)).toEqual([
      {
        code: 'coarse_money',
        text: 'Half of the trades risked at most $0.04, and money is reckoned in whole units of $0.01: P&L, R and win rate are mostly rounding. Trade a larger --equity, or a market in a finer currency.',
      },
    ]);
    expect(coarseMoney(risking(99), USD)[0]?.text).toMatch(/^The one trade risked \$0\.99, /);
  });

  it('are not told from a hundred on, or where nothing traded', () => {
    expect(coarseMoney(risking(2, 100, 100), USD)).toEqual([]);
    expect(coarseMoney([], USD)).toEqual([]);
  });
});
