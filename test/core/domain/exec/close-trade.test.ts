import { describe, expect, it } from 'vitest';
import type { PlanValidated } from '../../../../src/core/domain/events/events.ts';
import { closeTrade } from '../../../../src/core/domain/exec/close-trade.ts';
import type { Position } from '../../../../src/core/domain/exec/position.ts';
import { SHARE } from '../../../desk.ts';

/** One finished trade, every field of it reckoned by hand: 200 shares bought at 100.00, stopped out at 99.00. */

const plan: PlanValidated = {
  id: 'ACME/fade/5m/300000#risk',
  v: 1,
  type: 'PLAN_VALIDATED',
  symbol: 'ACME',
  at: 300_000,
  correlationId: 'ACME/fade/5m/300000',
  causationId: 'ACME/fade/5m/300000#plan',
  strategy: 'fade',
  direction: 'long',
  timeframe: '5m',
  price: 99.9,
  orderId: 'ACME/fade/5m/300000#order',
  qty: 200,
  entry: { kind: 'market', price: 99.9, validUntil: 360_000 },
  entryLimit: 100.2,
  stop: 99,
  targets: [{ price: 102, share: 1 }],
  riskAmount: 210,
  riskPct: 0.21,
  checks: [],
};

function positionOf(sign: 1 | -1): Position {
  return {
    plan: { ...plan, direction: sign === 1 ? 'long' : 'short' },
    slot: 0,
    date: '2015-07-06',
    bracket: {
      sign,
      kind: 'market',
      price: 99.9,
      limit: 100.2,
      stop: 99,
      target: 102,
      entryThrough: 0,
      targetThrough: 0.05,
    },
    entryAt: 360_000,
    entryPrice: 100.05,
    // 200 × 100.05 = ₹20,010.00, before slippage 200 × 100.00 = ₹20,000.00
    entry: { notional: 2_001_000, notionalBeforeSlippage: 2_000_000, charges: { brokerage: 600, stt: 0 } },
    entryCharges: 600,
    settled: {},
    mae: 1.0500000000000043, // 100.05 − 99.00 as floats have it
    mfe: 0.4000000000000057,
    ambiguous: 1,
  };
}

const exit = {
  reason: 'stop',
  at: 900_000,
  price: 98.95,
  // 200 × 98.95 = ₹19,790.00, before slippage 200 × 99.00 = ₹19,800.00
  money: { notional: 1_979_000, notionalBeforeSlippage: 1_980_000, charges: { brokerage: 594, stt: 0 } },
  settled: { stt: 500 },
  minorDigits: 2,
  instrument: SHARE,
} as const;

describe('a finished trade', () => {
  it('tells gross, slippage, charges and net apart, and measures by the risk that was approved', () => {
    expect(closeTrade(positionOf(1), exit)).toEqual({
      correlationId: 'ACME/fade/5m/300000',
      symbol: 'ACME',
      strategy: 'fade',
      timeframe: '5m',
      direction: 'long',
      sessionDate: '2015-07-06',
      signalAt: 300_000,
      entryAt: 360_000,
      exitAt: 900_000,
      qty: 200,
      entryPrice: 100.05,
      exitPrice: 98.95,
      stop: 99,
      target: 102,
      exitReason: 'stop',
      grossPnl: -20_000, // 1,980,000 − 2,000,000
      slippage: 2_000, // −20,000 − (1,979,000 − 2,001,000)
      charges: 1_694, // 600 + 594 + 500
      fees: { brokerage: 1_194, stt: 500 },
      netPnl: -23_694, // −22,000 − 1,694
      riskAmount: 21_000,
      riskPct: 0.21,
      pnlR: -23_694 / 21_000,
      mae: 1.05,
      mfe: 0.4,
      maeR: 1, // 1.05 × 200 = ₹210.00
      mfeR: 8_000 / 21_000, // 0.40 × 200 = ₹80.00
      ambiguous: 1,
    });
  });

  it('of a short one gains by the fall, and pays the same slippage', () => {
    // Sold at 99.95 after slippage and bought back at 99.05: gross 20,000, moved 18,000
    const short = {
      ...positionOf(-1),
      entry: { ...positionOf(-1).entry, notional: 1_999_000 },
    };
    const back = { ...exit, money: { ...exit.money, notional: 1_981_000 } };
    const { grossPnl, slippage, netPnl, pnlR } = closeTrade(short, back);
    expect({ grossPnl, slippage, netPnl, pnlR }).toEqual({
      grossPnl: 20_000,
      slippage: 2_000,
      netPnl: 16_306, // 18,000 − 1,694
      pnlR: 16_306 / 21_000,
    });
  });
});
