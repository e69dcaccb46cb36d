import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupTrades, zoneClock } from '../../../../src/core/domain/performance/groups.ts';
import { summarise } from '../../../../src/core/domain/performance/statistics.ts';
import type { Trade } from '../../../../src/core/domain/trading/trade.ts';
import { MINUTE_MS, makeTrade, OPEN_AT } from './make-trade.ts';

const OPTIONS = { startingMinor: 10_000_000, baseTimeframeMs: MINUTE_MS, days: [], periodsPerYear: 252 };

/** Nets in paise: +90,000, −60,000, −30,000, 0, +30,000. */
const FIVE: readonly Trade[] = [
  makeTrade({ grossPnl: 100_000, slippage: 2_000, fees: { brokerage: 4_000, stt: 4_000 }, riskPct: 1 }),
  makeTrade({
    grossPnl: -50_000,
    slippage: 4_000,
    fees: { brokerage: 4_000, stt: 2_000 },
    exitReason: 'stop',
    direction: 'short',
    riskPct: 0.5,
    exitAt: OPEN_AT + 6 * MINUTE_MS,
  }),
  makeTrade({ grossPnl: -30_000, exitReason: 'stop', riskPct: 0.8, ambiguous: 2, maeR: 1.2, mfeR: 0 }),
  makeTrade({ grossPnl: 5_000, fees: { brokerage: 5_000 }, exitReason: 'square_off', riskPct: 1 }),
  makeTrade({ grossPnl: 30_000, exitAt: OPEN_AT + 65 * MINUTE_MS, riskPct: 0.6 }),
];

describe('statistics of trades', () => {
  const all = summarise(FIVE, OPTIONS);

  it('add up from gross through charges and slippage to net', () => {
    // gross 100,000 − 50,000 − 30,000 + 5,000 + 30,000; charges 8,000 + 6,000 + 5,000; slippage 2,000 + 4,000
    expect(all).toMatchObject({
      grossMinor: 55_000,
      chargesMinor: 19_000,
      slippageMinor: 6_000,
      netMinor: 30_000,
    });
    expect(all.fees).toEqual({ brokerage: 13_000, stt: 6_000 });
  });

  it('count wins and losses by net P&L; a trade at nothing is neither', () => {
    expect(all).toMatchObject({ trades: 5, wins: 2, losses: 2, long: 4, short: 1 });
    expect(all.winRate?.pct).toBe(40);
  });

  it('give expectancy in money and in R, with its error', () => {
    // R: 0.9, −0.6, −0.3, 0, 0.3: mean 0.06; squares 0.7056 + 0.4356 + 0.1296 + 0.0036 + 0.0576 = 1.332
    // sd = √(1.332/4) = 0.577062; ÷ √5 = 0.258070
    expect(all.expectancyMinor).toBe(6_000);
    expect(all.expectancyR).toBeCloseTo(0.06, 12);
    expect(all.expectancyRError).toBeCloseTo(0.25807, 5);
  });

  it('give the profit factor in money: 120,000 won, 90,000 lost', () => {
    expect(all.profitFactor).toBeCloseTo(4 / 3, 12);
    expect(all).toMatchObject({ averageWinMinor: 60_000, averageLossMinor: -45_000 });
  });

  it('name the best and the worst trade', () => {
    expect(all.best).toMatchObject({ netMinor: 90_000, exitReason: 'target' });
    expect(all.worst).toMatchObject({ netMinor: -60_000, direction: 'short' });
  });

  it('give mean and median holding time', () => {
    // 30, 1, 30, 30, 60 minutes
    expect(all.meanHoldMs).toBeCloseTo(30.2 * MINUTE_MS, 6);
    expect(all.medianHoldMs).toBe(30 * MINUTE_MS);
    expect(all.withinOneCandle).toBe(1);
  });

  it('give the median risk really taken, excursions and ambiguous candles', () => {
    // 0.5 0.6 0.8 1 1; MAE (4 × 0.2 + 1.2) ÷ 5; MFE (4 × 1 + 0) ÷ 5
    expect(all.medianRiskPct).toBe(0.8);
    expect(all.meanMaeR).toBeCloseTo(0.4, 12);
    expect(all.meanMfeR).toBeCloseTo(0.8, 12);
    expect(all.ambiguous).toBe(2);
  });

  it('find the drawdown on the balance after each close', () => {
    // 10,090,000 → 10,000,000: 90,000
    expect(all.drawdown).toMatchObject({ amountMinor: 90_000, recoveredAt: null });
    expect(all.drawdown?.pct).toBeCloseTo(0.891972, 6);
  });

  it('count the longest run of losses, which a trade at nothing ends', () => {
    const nets = [-1, -1, 0, -1, -1, -1, 5, -1];
    expect(
      summarise(
        nets.map((grossPnl) => makeTrade({ grossPnl })),
        OPTIONS,
      ).longestLosingStreak,
    ).toBe(3);
    expect(all.longestLosingStreak).toBe(2);
  });

  it('have no profit factor while nothing was lost, and no numbers at all for no trades', () => {
    expect(summarise([makeTrade()], OPTIONS)).toMatchObject({ profitFactor: null, expectancyRError: null });
    expect(summarise([], OPTIONS)).toMatchObject({
      trades: 0,
      netMinor: 0,
      fees: {},
      winRate: null,
      expectancyR: null,
      best: null,
      medianHoldMs: null,
      drawdown: null,
    });
  });
});

const anyTrade: fc.Arbitrary<Trade> = fc
  .record({
    strategy: fc.constantFrom('A', 'B', 'C'),
    symbol: fc.constantFrom('INFY', 'TCS', 'M&M'),
    direction: fc.constantFrom('long' as const, 'short' as const),
    exitReason: fc.constantFrom('stop' as const, 'target' as const, 'square_off' as const),
    grossPnl: fc.integer({ min: -10_000_000, max: 10_000_000 }),
    slippage: fc.nat(100_000),
    brokerage: fc.nat(4_000),
    stt: fc.nat(50_000),
    minutes: fc.nat(60_000),
  })
  .map(({ brokerage, stt, minutes, ...own }) =>
    makeTrade({
      ...own,
      fees: stt === 0 ? { brokerage } : { brokerage, stt },
      entryAt: OPEN_AT + minutes * MINUTE_MS,
      exitAt: OPEN_AT + (minutes + 7) * MINUTE_MS,
    }),
  );

describe('laws of sums', () => {
  it('Σ net = Σ gross − Σ slippage − Σ charges, and the charges are the sum of their items', () => {
    fc.assert(
      fc.property(fc.array(anyTrade), (trades) => {
        const of = summarise(trades, OPTIONS);
        expect(of.netMinor).toBe(of.grossMinor - of.slippageMinor - of.chargesMinor);
        expect(of.chargesMinor).toBe(Object.values(of.fees).reduce((sum, fee) => sum + fee, 0));
        expect(of.netMinor).toBe(trades.reduce((sum, { netPnl }) => sum + netPnl, 0));
      }),
    );
  });

  it('every cut adds up to the total', () => {
    fc.assert(
      fc.property(fc.array(anyTrade), (trades) => {
        const total = summarise(trades, OPTIONS);
        const cuts = groupTrades(trades, { ...OPTIONS, clock: zoneClock('Asia/Kolkata') });
        for (const cut of Object.values(cuts)) {
          for (const name of [
            'trades',
            'wins',
            'losses',
            'grossMinor',
            'chargesMinor',
            'netMinor',
          ] as const) {
            expect(cut.reduce((sum, { statistics }) => sum + statistics[name], 0)).toBe(total[name]);
          }
        }
      }),
    );
  });
});
