import type { Side } from '../trading/costs.ts';
import type { Direction, EntryKind, PlanEntry, PlanReason, Target } from '../trading/plan.ts';
import type { ExitReason } from '../trading/trade.ts';
import type {
  CancelReason,
  CandleClosed,
  FeedEnded,
  NoPlanReason,
  NoTradePlan,
  OrderCancelled,
  OrderFilled,
  OrderKind,
  OrderLeg,
  OrderPlaced,
  PlanRejected,
  PlanValidated,
  PositionClosed,
  PotentialSignal,
  RuleCheck,
  SessionClosed,
  SessionOpened,
  SquareOff,
  TraceItem,
  TradekitEvent,
  TradePlanProposed,
} from './events.ts';
import {
  boolean,
  byType,
  integer,
  list,
  literal,
  name,
  number,
  numberOrText,
  object,
  oneOf,
  optional,
  record,
  text,
} from './shape.ts';

/**
 * The shapes of events.ts, for what enters from outside: strict, so that a field of another version is found and not
 * dropped. The compiler holds the two together.
 */

/** UTC epoch ms. */
const instant = integer;
const amounts = record(number);

const direction = oneOf<Direction>({ long: true, short: true });

const common = {
  id: name,
  v: literal(1, 'expected 1, the version that this tradekit knows'),
  at: instant,
};
const ofSymbol = { ...common, symbol: name };
const ofSession = { ...common, session: name };
const ofSignal = { ...ofSymbol, correlationId: name, causationId: name };
const ofStrategy = { ...ofSignal, strategy: name, direction, timeframe: name };

const planReason = object<PlanReason>({
  code: name,
  text,
  ref: optional(text),
  knownAt: optional(instant),
});
const entry = object<PlanEntry>({
  kind: oneOf<EntryKind>({ market: true, limit: true, stop: true }),
  price: number,
  validUntil: instant,
});
const targets = list(object<Target>({ price: number, share: number }));
const traceItem = object<TraceItem>({
  condition: text,
  result: oneOf<TraceItem['result']>({ true: true, false: true, undefined: true }),
  values: amounts,
  why: optional(text),
});
const check = object<RuleCheck>({
  rule: name,
  value: numberOrText,
  limit: numberOrText,
  pass: boolean,
  cutTo: optional(number),
});

const ofOrder = {
  ...ofSignal,
  orderId: name,
  leg: oneOf<OrderLeg>({ entry: true, exit: true }),
  side: oneOf<Side>({ buy: true, sell: true }),
  kind: oneOf<OrderKind>({ market: true, limit: true, stop: true, square_off: true }),
};

export const eventShape = byType<TradekitEvent>(
  {
    CANDLE_CLOSED: object<CandleClosed>({
      ...ofSymbol,
      type: literal('CANDLE_CLOSED'),
      openAt: instant,
      timeframe: name,
      open: number,
      high: number,
      low: number,
      close: number,
      volume: optional(number),
    }),
    SESSION_OPENED: object<SessionOpened>({
      ...ofSession,
      type: literal('SESSION_OPENED'),
      openAt: instant,
      closeAt: instant,
      openTimeOfDayMs: instant,
      entryFromAt: instant,
      entryUntilAt: instant,
      squareOffAt: optional(instant),
    }),
    SQUARE_OFF: object<SquareOff>({ ...ofSession, type: literal('SQUARE_OFF') }),
    SESSION_CLOSED: object<SessionClosed>({ ...ofSession, type: literal('SESSION_CLOSED') }),
    FEED_ENDED: object<FeedEnded>({ ...common, type: literal('FEED_ENDED') }),
    POTENTIAL_SIGNAL: object<PotentialSignal>({
      ...ofStrategy,
      type: literal('POTENTIAL_SIGNAL'),
      price: number,
      trace: list(traceItem),
    }),
    TRADE_PLAN_PROPOSED: object<TradePlanProposed>({
      ...ofStrategy,
      type: literal('TRADE_PLAN_PROPOSED'),
      price: number,
      entry,
      stop: number,
      targets,
      rewardRisk: number,
      score: number,
      reasons: list(planReason),
    }),
    NO_TRADE_PLAN: object<NoTradePlan>({
      ...ofStrategy,
      type: literal('NO_TRADE_PLAN'),
      reason: oneOf<NoPlanReason>({
        NO_TARGET: true,
        NO_STOP: true,
        NO_ENTRY: true,
        STRUCTURE_WARMING_UP: true,
        UNKNOWN_STRATEGY: true,
      }),
      reasons: list(planReason),
    }),
    PLAN_VALIDATED: object<PlanValidated>({
      ...ofStrategy,
      type: literal('PLAN_VALIDATED'),
      price: number,
      orderId: name,
      qty: number,
      entry,
      entryLimit: number,
      stop: number,
      targets,
      riskAmount: number,
      riskPct: number,
      checks: list(check),
    }),
    PLAN_REJECTED: object<PlanRejected>({
      ...ofSignal,
      type: literal('PLAN_REJECTED'),
      strategy: name,
      direction,
      reason: name,
      checks: list(check),
    }),
    ORDER_PLACED: object<OrderPlaced>({
      ...ofOrder,
      type: literal('ORDER_PLACED'),
      qty: number,
      price: number,
    }),
    ORDER_FILLED: object<OrderFilled>({
      ...ofOrder,
      type: literal('ORDER_FILLED'),
      qty: number,
      price: number,
      fees: amounts,
      slippage: number,
    }),
    ORDER_CANCELLED: object<OrderCancelled>({
      ...ofOrder,
      type: literal('ORDER_CANCELLED'),
      reason: oneOf<CancelReason>({
        price_moved: true,
        expired: true,
        session_end: true,
        square_off: true,
        feed_ended: true,
        halted: true,
      }),
      filledQty: number,
    }),
    POSITION_CLOSED: object<PositionClosed>({
      ...ofSignal,
      type: literal('POSITION_CLOSED'),
      strategy: name,
      direction,
      qty: number,
      entryPrice: number,
      exitPrice: number,
      exitReason: oneOf<ExitReason>({
        stop: true,
        target: true,
        square_off: true,
        no_data: true,
        feed_ended: true,
      }),
      grossPnl: number,
      slippage: number,
      fees: amounts,
      netPnl: number,
      pnlR: number,
      mae: number,
      mfe: number,
    }),
  },
  'no known type of event',
);
