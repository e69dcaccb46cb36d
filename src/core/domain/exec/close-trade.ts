import type { Instrument } from '../market/instrument.ts';
import { addCharges, totalCharges } from '../trading/charges.ts';
import type { Charges } from '../trading/costs.ts';
import { powerOfTen, toMinor } from '../trading/money.ts';
import { onPriceGrid } from '../trading/tick-grid.ts';
import type { ExitReason, Trade } from '../trading/trade.ts';
import type { FillMoney } from './ledger.ts';
import type { Position } from './position.ts';

export type TradeExit = {
  readonly reason: ExitReason;
  readonly at: number;
  readonly price: number;
  readonly money: FillMoney;
  /** Charges reckoned on the day, of this one and of those it was carried over, booked with the close. */
  readonly settled: Charges;
  readonly minorDigits: number;
  readonly instrument: Instrument | undefined;
};

/**
 * The finished round trip of a position. Integers all through: gross is the difference of the notionals before
 * slippage, slippage is gross less the difference of the notionals paid, net is what is left after both and charges.
 */
export function closeTrade(position: Position, exit: TradeExit): Trade {
  const { plan, bracket, entry } = position;
  const gross = bracket.sign * (exit.money.notionalBeforeSlippage - entry.notionalBeforeSlippage) + 0;
  const paid = bracket.sign * (exit.money.notional - entry.notional) + 0;
  const fees = addCharges(addCharges(entry.charges, exit.money.charges), exit.settled);
  const charges = totalCharges(fees);
  const netPnl = paid - charges;
  const riskAmount = toMinor(plan.riskAmount, exit.minorDigits);
  const inR = plan.qty * powerOfTen(exit.minorDigits);
  const mae = onPriceGrid(position.mae, exit.instrument);
  const mfe = onPriceGrid(position.mfe, exit.instrument);
  return {
    correlationId: plan.correlationId,
    symbol: plan.symbol,
    strategy: plan.strategy,
    timeframe: plan.timeframe,
    direction: plan.direction,
    sessionDate: position.date,
    signalAt: plan.at,
    entryAt: position.entryAt,
    exitAt: exit.at,
    qty: plan.qty,
    entryPrice: position.entryPrice,
    exitPrice: exit.price,
    stop: bracket.stop,
    target: bracket.target,
    exitReason: exit.reason,
    grossPnl: gross,
    slippage: gross - paid,
    charges,
    fees,
    netPnl,
    riskAmount,
    riskPct: plan.riskPct,
    pnlR: netPnl / riskAmount,
    mae,
    mfe,
    maeR: (mae * inR) / riskAmount,
    mfeR: (mfe * inR) / riskAmount,
    ambiguous: position.ambiguous,
  };
}
