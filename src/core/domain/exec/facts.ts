import type {
  CancelReason,
  ExecutionEvent,
  OrderCancelled,
  OrderFilled,
  OrderKind,
  OrderLeg,
  OrderPlaced,
  PlanValidated,
  PositionClosed,
} from '../events/events.ts';
import { followingId, type IdSuffix } from '../events/ids.ts';
import { chargesInUnits } from '../trading/charges.ts';
import type { Charges, Side } from '../trading/costs.ts';
import { fromMinor } from '../trading/money.ts';
import type { Trade } from '../trading/trade.ts';

/** The facts of execution, as events. Every id follows from the signal's: a replay gives the same ids. */

/** The side that opens a direction; its opposite closes it. */
export function sideOf(plan: Pick<PlanValidated, 'direction'>, leg: OrderLeg): Side {
  return (plan.direction === 'long') === (leg === 'entry') ? 'buy' : 'sell';
}

function common<Type extends ExecutionEvent['type']>(
  plan: PlanValidated,
  type: Type,
  suffix: IdSuffix,
  cause: IdSuffix,
  at: number,
) {
  const stem = plan.correlationId;
  return {
    id: followingId(stem, suffix),
    v: 1,
    type,
    symbol: plan.symbol,
    at,
    correlationId: stem,
    causationId: followingId(stem, cause),
  } as const;
}

export function orderPlaced(plan: PlanValidated, at: number): OrderPlaced {
  return {
    ...common(plan, 'ORDER_PLACED', 'order', 'risk', at),
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
    ...common(plan, 'ORDER_CANCELLED', 'cancelled', 'order', at),
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
  return {
    ...common(plan, 'ORDER_FILLED', entry ? 'entry.1' : 'exit.1', entry ? 'order' : 'entry.1', fill.at),
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

export function positionClosed(plan: PlanValidated, trade: Trade, minorDigits: number): PositionClosed {
  return {
    ...common(plan, 'POSITION_CLOSED', 'closed', 'exit.1', trade.exitAt),
    strategy: trade.strategy,
    direction: trade.direction,
    qty: trade.qty,
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    exitReason: trade.exitReason,
    grossPnl: fromMinor(trade.grossPnl, minorDigits),
    slippage: fromMinor(trade.slippage, minorDigits),
    fees: chargesInUnits(trade.fees, minorDigits),
    netPnl: fromMinor(trade.netPnl, minorDigits),
    pnlR: trade.pnlR,
    mae: trade.mae,
    mfe: trade.mfe,
  };
}
