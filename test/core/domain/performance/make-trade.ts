import { totalCharges } from '../../../../src/core/domain/trading/charges.ts';
import type { Trade } from '../../../../src/core/domain/trading/trade.ts';

/** 2015-07-06 09:15 in Kolkata. */
export const OPEN_AT = 1_436_154_300_000;
export const MINUTE_MS = 60_000;

/** A long trade of INFY with what the test is about written over it; charges and net follow from the parts. */
export function makeTrade(own: Partial<Omit<Trade, 'charges' | 'netPnl'>> = {}): Trade {
  const base = {
    correlationId: 'INFY/Breakout/5m/1436154600000',
    symbol: 'INFY',
    strategy: 'Breakout',
    timeframe: '5m',
    direction: 'long',
    sessionDate: '2015-07-06',
    signalAt: OPEN_AT + 5 * MINUTE_MS,
    entryAt: OPEN_AT + 5 * MINUTE_MS,
    exitAt: OPEN_AT + 35 * MINUTE_MS,
    qty: 100,
    entryPrice: 1000,
    exitPrice: 1010,
    stop: 990,
    target: 1010,
    exitReason: 'target',
    grossPnl: 100_000,
    slippage: 0,
    fees: {},
    riskAmount: 100_000,
    riskPct: 1,
    mae: 2,
    mfe: 10,
    maeR: 0.2,
    mfeR: 1,
    ambiguous: 0,
    ...own,
  } as const;
  const charges = totalCharges(base.fees);
  const netPnl = base.grossPnl - base.slippage - charges;
  return { ...base, charges, netPnl, pnlR: own.pnlR ?? netPnl / base.riskAmount };
}
