import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeResult } from '../../views/make-result.ts';
import { MINUTE_MS, makeTrade, OPEN_AT } from './make-trade.ts';

describe('result of a backtest', () => {
  it('is plain data: what --json prints reads back equal', () => {
    const trade = fc.record({
      grossPnl: fc.integer(),
      slippage: fc.nat(1000),
      riskPct: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 12 }), (own) => {
        const result = makeResult(own.map(makeTrade));
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
      { numRuns: 30 },
    );
  });

  it('has the account and the closed trades fall alike where only closes are marked', () => {
    const { drawdown, total } = makeResult([makeTrade(), makeTrade({ grossPnl: -300_000 })]);
    // 100,100,000 → 99,800,000
    expect(drawdown.account).toMatchObject({ amountMinor: 300_000 });
    expect(drawdown.closedTrades).toEqual(drawdown.account);
    expect(total.drawdown).toEqual(drawdown.account);
  });

  it('gives the Sharpe ratio of the account, which is that of all trades where each ends its day', () => {
    const trades = Array.from({ length: 25 }, (_, day) => {
      const entryAt = OPEN_AT + day * 1440 * MINUTE_MS;
      return makeTrade({ entryAt, exitAt: entryAt + MINUTE_MS, grossPnl: (day % 3) * 100_000 - 50_000 });
    });
    const { sharpe, total } = makeResult(trades, {}, 25);
    expect(sharpe.days).toBe(25);
    expect(sharpe.ratio).not.toBeNull();
    expect(total.sharpe.ratio).toBeCloseTo(sharpe.ratio ?? 0, 9);
  });

  it('puts the other fill model beside the own one, or nothing', () => {
    const other = [makeTrade({ grossPnl: 5, ambiguous: 1 })];
    const { models } = makeResult([makeTrade()], { beside: { model: 'neutral', trades: other } });
    expect(models).toMatchObject([
      { model: 'pessimistic', netMinor: 100_000, ambiguous: 0 },
      { model: 'neutral', netMinor: 5, ambiguous: 1, winRatePct: 100 },
    ]);
    expect(makeResult([makeTrade()], { beside: undefined }).models.length).toBe(1);
  });

  it('warns of positions that found no candle at square-off, behind what the caller warns of', () => {
    const trades = [makeTrade({ exitReason: 'no_data' }), makeTrade({ exitReason: 'no_data' }), makeTrade()];
    const { warnings } = makeResult(trades, { warnings: [{ code: 'data', text: 'x' }] });
    expect(warnings.map(({ code }) => code)).toEqual(['data', 'square_off_without_data']);
    expect(warnings[1]?.text).toMatch(/^2 positions had no candle/);
  });
});
