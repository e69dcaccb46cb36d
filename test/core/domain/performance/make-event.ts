import type {
  NoTradePlan,
  OrderCancelled,
  OrderFilled,
  OrderPlaced,
  PlanRejected,
  PlanValidated,
  PositionClosed,
  PotentialSignal,
  RuleCheck,
  TradePlanProposed,
} from '../../../../src/core/domain/events/events.ts';
import { MINUTE_MS, OPEN_AT } from './make-trade.ts';

/** The events of one long signal on INFY, five minutes after the open, with what a test is about written over them. */

const AT = OPEN_AT + 5 * MINUTE_MS;
const STEM = `INFY/Breakout/5m/${AT}`;

const signalFields = {
  v: 1,
  symbol: 'INFY',
  at: AT,
  correlationId: STEM,
  causationId: STEM,
  strategy: 'Breakout',
  direction: 'long',
  timeframe: '5m',
} as const;

export function makeSignal(own: Partial<PotentialSignal> = {}): PotentialSignal {
  return { ...signalFields, id: STEM, type: 'POTENTIAL_SIGNAL', price: 1000, trace: [], ...own };
}

export function makePlan(own: Partial<TradePlanProposed> = {}): TradePlanProposed {
  return {
    ...signalFields,
    id: `${STEM}#plan`,
    type: 'TRADE_PLAN_PROPOSED',
    price: 1000,
    entry: { kind: 'market', price: 1000, validUntil: AT + 2 * MINUTE_MS },
    stop: 990,
    targets: [{ price: 1020, share: 1 }],
    rewardRisk: 2,
    score: 1.8,
    reasons: [],
    ...own,
  };
}

export function makeNoPlan(own: Partial<NoTradePlan> = {}): NoTradePlan {
  return {
    ...signalFields,
    id: `${STEM}#plan`,
    type: 'NO_TRADE_PLAN',
    reason: 'NO_TARGET',
    reasons: [],
    ...own,
  };
}

export function makeRejected(
  reason: string,
  checks: readonly RuleCheck[],
  own: Partial<PlanRejected> = {},
): PlanRejected {
  const { timeframe: _, ...fields } = signalFields;
  return { ...fields, id: `${STEM}#risk`, type: 'PLAN_REJECTED', reason, checks, ...own };
}

export function makeValidated(own: Partial<PlanValidated> = {}): PlanValidated {
  return {
    ...signalFields,
    id: `${STEM}#risk`,
    type: 'PLAN_VALIDATED',
    price: 1000,
    orderId: `${STEM}#order`,
    qty: 100,
    entry: { kind: 'market', price: 1000, validUntil: AT + 2 * MINUTE_MS },
    entryLimit: 1002.5,
    stop: 990,
    targets: [{ price: 1020, share: 1 }],
    riskAmount: 1250,
    riskPct: 0.125,
    checks: [],
    ...own,
  };
}

const orderFields = {
  v: 1,
  symbol: 'INFY',
  at: AT,
  correlationId: STEM,
  causationId: STEM,
  orderId: `${STEM}#order`,
  leg: 'entry',
  side: 'buy',
  kind: 'market',
} as const;

export function makePlaced(own: Partial<OrderPlaced> = {}): OrderPlaced {
  return { ...orderFields, id: `${STEM}#order`, type: 'ORDER_PLACED', qty: 100, price: 1002.5, ...own };
}

export function makeFilled(own: Partial<OrderFilled> = {}): OrderFilled {
  return {
    ...orderFields,
    id: `${STEM}#entry.1`,
    type: 'ORDER_FILLED',
    qty: 100,
    price: 1000.2,
    fees: { brokerage: 20, stt: 0.35 },
    slippage: 0.2,
    ...own,
  };
}

export function makeCancelled(own: Partial<OrderCancelled> = {}): OrderCancelled {
  return {
    ...orderFields,
    id: `${STEM}#cancelled`,
    type: 'ORDER_CANCELLED',
    reason: 'price_moved',
    filledQty: 0,
    ...own,
  };
}

export function makeClosed(own: Partial<PositionClosed> = {}): PositionClosed {
  return {
    ...signalFields,
    id: `${STEM}#closed`,
    type: 'POSITION_CLOSED',
    at: AT + 30 * MINUTE_MS,
    qty: 100,
    entryPrice: 1000.2,
    exitPrice: 1020,
    exitReason: 'target',
    grossPnl: 2000,
    slippage: 20,
    fees: { brokerage: 40, stt: 25.5 },
    netPnl: 1914.5,
    pnlR: 1.5316,
    mae: 3,
    mfe: 19.8,
    ...own,
  };
}
