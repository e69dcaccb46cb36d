import type { Side } from '../trading/costs.ts';
import type { Direction, EntryKind, PlanEntry, PlanReason, Target } from '../trading/plan.ts';
import type { ExitReason } from '../trading/trade.ts';

/** Fields that every event bears. `at` is the instant of knowledge, UTC epoch ms. `run` and `recordedAt` are added by hosts, outside parity. */
type Common<Type extends string> = {
  readonly id: string;
  /** Version of the event's shape. */
  readonly v: 1;
  readonly type: Type;
  readonly at: number;
};

type OfSymbol<Type extends string> = Common<Type> & { readonly symbol: string };

type OfSignal<Type extends string> = OfSymbol<Type> & {
  /** The signal's id: the stem of everything that follows from it. */
  readonly correlationId: string;
  /** The id of the event that led to this one. */
  readonly causationId: string;
};

export type CandleClosed = OfSymbol<'CANDLE_CLOSED'> & {
  readonly openAt: number;
  readonly timeframe: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume?: number;
};

type OfSession<Type extends string> = Common<Type> & { readonly session: string };

/** The session's clock, whole: stages learn of windows and square-off here and nowhere else. `at` is later than `openAt` when the feed began inside the session. */
export type SessionOpened = OfSession<'SESSION_OPENED'> & {
  readonly openAt: number;
  readonly closeAt: number;
  readonly openTimeOfDayMs: number;
  readonly entryFromAt: number;
  readonly entryUntilAt: number;
  /** Absent where the market never squares off. */
  readonly squareOffAt?: number;
};
export type SquareOff = OfSession<'SQUARE_OFF'>;
export type SessionClosed = OfSession<'SESSION_CLOSED'>;
export type FeedEnded = Common<'FEED_ENDED'>;
export type Mark = SessionOpened | SquareOff | SessionClosed | FeedEnded;

/** true, false, or undefined with the reason why: the third truth value of DESIGN §6. */
export type TraceItem = {
  /** The condition as a reader would say it: `close > vwap`. */
  readonly condition: string;
  readonly result: 'true' | 'false' | 'undefined';
  /** Operand readings by name; an undefined reading is absent. */
  readonly values: Readonly<Record<string, number>>;
  /** Why a reading is undefined: `warming up (9 of 20)`, `no volume`, `session incomplete`. */
  readonly why?: string;
};

export type PotentialSignal = OfSymbol<'POTENTIAL_SIGNAL'> & {
  readonly correlationId: string;
  readonly causationId: string;
  readonly strategy: string;
  readonly direction: Direction;
  readonly timeframe: string;
  /** Close of the evaluated candle. */
  readonly price: number;
  readonly trace: readonly TraceItem[];
};

export type TradePlanProposed = OfSignal<'TRADE_PLAN_PROPOSED'> & {
  readonly strategy: string;
  readonly direction: Direction;
  readonly timeframe: string;
  /** The decision close. */
  readonly price: number;
  readonly entry: PlanEntry;
  readonly stop: number;
  readonly targets: readonly Target[];
  readonly rewardRisk: number;
  readonly score: number;
  readonly reasons: readonly PlanReason[];
};

export type NoPlanReason = 'NO_TARGET' | 'NO_STOP' | 'NO_ENTRY' | 'STRUCTURE_WARMING_UP' | 'UNKNOWN_STRATEGY';

export type NoTradePlan = OfSignal<'NO_TRADE_PLAN'> & {
  readonly strategy: string;
  readonly direction: Direction;
  readonly timeframe: string;
  readonly reason: NoPlanReason;
  readonly reasons: readonly PlanReason[];
};

/** One risk rule's reading. A rule that does not apply (no volume) reads `N/A` and passes. */
export type RuleCheck = {
  readonly rule: string;
  readonly value: number | string;
  readonly limit: number | string;
  readonly pass: boolean;
  /** Units left where the rule cut the quantity. */
  readonly cutTo?: number;
};

export type PlanValidated = OfSignal<'PLAN_VALIDATED'> & {
  readonly strategy: string;
  readonly direction: Direction;
  readonly timeframe: string;
  readonly price: number;
  readonly orderId: string;
  /** Units. */
  readonly qty: number;
  readonly entry: PlanEntry;
  /** Worst entry: limit of the marketable order. */
  readonly entryLimit: number;
  readonly stop: number;
  readonly targets: readonly Target[];
  /** Currency units. */
  readonly riskAmount: number;
  readonly riskPct: number;
  readonly checks: readonly RuleCheck[];
};

export type PlanRejected = OfSignal<'PLAN_REJECTED'> & {
  readonly strategy: string;
  readonly direction: Direction;
  readonly reason: string;
  readonly checks: readonly RuleCheck[];
};

export type OrderLeg = 'entry' | 'exit';
export type OrderKind = EntryKind | 'square_off';

type OfOrder<Type extends string> = OfSignal<Type> & {
  readonly orderId: string;
  readonly leg: OrderLeg;
  readonly side: Side;
  readonly kind: OrderKind;
};

export type OrderPlaced = OfOrder<'ORDER_PLACED'> & { readonly qty: number; readonly price: number };

export type OrderFilled = OfOrder<'ORDER_FILLED'> & {
  readonly qty: number;
  /** What was paid, slippage included. */
  readonly price: number;
  /** Currency units by item. */
  readonly fees: Readonly<Record<string, number>>;
  /** Price given away against the model's fill price, per unit, ≥ 0. */
  readonly slippage: number;
};

/** `halted`: the kill switch stood when the order would have been accepted, so it was never placed. */
export type CancelReason = 'price_moved' | 'expired' | 'session_end' | 'square_off' | 'feed_ended' | 'halted';

export type OrderCancelled = OfOrder<'ORDER_CANCELLED'> & {
  readonly reason: CancelReason;
  readonly filledQty: number;
};

export type PositionClosed = OfSignal<'POSITION_CLOSED'> & {
  readonly strategy: string;
  readonly direction: Direction;
  readonly qty: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly exitReason: ExitReason;
  /** Currency units: grossPnl − slippage − fees = netPnl. */
  readonly grossPnl: number;
  readonly slippage: number;
  readonly fees: Readonly<Record<string, number>>;
  readonly netPnl: number;
  readonly pnlR: number;
  readonly mae: number;
  readonly mfe: number;
};

export type ExecutionEvent = OrderPlaced | OrderFilled | OrderCancelled | PositionClosed;

export type TradekitEvent =
  | CandleClosed
  | Mark
  | PotentialSignal
  | TradePlanProposed
  | NoTradePlan
  | PlanValidated
  | PlanRejected
  | ExecutionEvent;
