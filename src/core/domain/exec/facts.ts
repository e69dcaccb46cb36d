import type {
  CancelReason,
  OrderCancelled,
  OrderFilled,
  OrderKind,
  OrderLeg,
  OrderPlaced,
  PlanValidated,
  PositionClosed,
} from '../events/events.ts';
import { followingId } from '../events/ids.ts';
import { chargesInUnits } from '../trading/charges.ts';
import type { Charges, Side } from '../trading/costs.ts';
import { fromMinor } from '../trading/money.ts';
import type { Trade } from '../trading/trade.ts';

/** The facts of execution, as events. Every id follows from the signal's: a replay gives the same ids. */

/** The side that opens a direction; its opposite closes it. */
export function sideOf(plan: Pick<PlanValidated, 'direction'>, leg: OrderLeg): Side {
  return (plan.direction === 'long') === (leg === 'entry') ? 'buy' : 'sell';
}

// Every field is written out: spreading a common part into each fact costs more than the rest of the fill.

export function orderPlaced(plan: PlanValidated, at: number): OrderPlaced {
  return {
    id: followingId(plan.correlationId, 'order'),
    v: 1,
    type: 'ORDER_PLACED',
    symbol: plan.symbol,
    at,
    correlationId: plan.correlationId,
    causationId: plan.id,
    orderId: plan.orderId,
    leg: 'entry',
    side: sideOf(plan, 'entry'),
    kind: plan.entry.kind,
    qty: plan.qty,
    price: plan.entry.kind === 'market' ? plan.entryLimit : plan.entry.price,
  };
}

export function orderCancelled(plan: PlanValidated, reason: CancelReason, at: number): OrderCancelled {
  return {
    id: followingId(plan.correlationId, 'cancelled'),
    v: 1,
    type: 'ORDER_CANCELLED',
    symbol: plan.symbol,
    at,
    correlationId: plan.correlationId,
    causationId: reason === 'halted' ? plan.id : plan.orderId,
    orderId: plan.orderId,
    leg: 'entry',
    side: sideOf(plan, 'entry'),
    kind: plan.entry.kind,
    reason,
    filledQty: 0,
  };
}

export type FillFact = {
  readonly leg: OrderLeg;
  readonly kind: OrderKind;
  readonly at: number;
  readonly price: number;
  readonly slippage: number;
  readonly charges: Charges;
};

/** The id under which an exit's fill is booked and told. */
export function exitOrderId(plan: PlanValidated): string {
  return followingId(plan.correlationId, 'exit.1');
}

export function orderFilled(plan: PlanValidated, fill: FillFact, minorDigits: number): OrderFilled {
  const entry = fill.leg === 'entry';
  const stem = plan.correlationId;
  return {
    id: followingId(stem, entry ? 'entry.1' : 'exit.1'),
    v: 1,
    type: 'ORDER_FILLED',
    symbol: plan.symbol,
    at: fill.at,
    correlationId: stem,
    causationId: entry ? plan.orderId : followingId(stem, 'entry.1'),
    orderId: entry ? plan.orderId : exitOrderId(plan),
    leg: fill.leg,
    side: sideOf(plan, fill.leg),
    kind: fill.kind,
    qty: plan.qty,
    price: fill.price,
    fees: chargesInUnits(fill.charges, minorDigits),
    slippage: fill.slippage,
  };
}

/** `fees` in currency units by item. */
export function positionClosed(
  plan: PlanValidated,
  trade: Trade,
  fees: PositionClosed['fees'],
  minorDigits: number,
): PositionClosed {
  const stem = plan.correlationId;
  return {
    id: followingId(stem, 'closed'),
    v: 1,
    type: 'POSITION_CLOSED',
    symbol: plan.symbol,
    at: trade.exitAt,
    correlationId: stem,
    causationId: followingId(stem, 'exit.1'),
    strategy: trade.strategy,
    direction: trade.direction,
    qty: trade.qty,
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    exitReason: trade.exitReason,
    grossPnl: fromMinor(trade.grossPnl, minorDigits),
    slippage: fromMinor(trade.slippage, minorDigits),
    fees,
    netPnl: fromMinor(trade.netPnl, minorDigits),
    pnlR: trade.pnlR,
    mae: trade.mae,
    mfe: trade.mfe,
  };
}
