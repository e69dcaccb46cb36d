import type {
  ExecutionEvent,
  OrderFilled,
  OrderPlaced,
  PlanValidated,
  PositionClosed,
  TradekitEvent,
} from '../../../domain/events/events.ts';
import { createAccount } from '../../../domain/risk/account.ts';
import { moneyGrid, notionalMinor, toMinor } from '../../../domain/trading/money.ts';
import type { RunSettings } from './settings.ts';

/** An entry order that has neither filled nor been cancelled. */
export type WorkingOrder = { readonly plan: PlanValidated; readonly order: OrderPlaced };

/** Open exposure: what was approved, and what the market gave. */
export type OpenPosition = { readonly plan: PlanValidated; readonly fill: OrderFilled };

/** A closed position with the plan that led to it. */
export type ClosedTrade = { readonly closed: PositionClosed; readonly plan: PlanValidated | undefined };

/** Trades of the session that are kept one by one; sums count all of them. */
const TRADES_KEPT = 1000;

/**
 * Orders, positions and the account: a fold of approvals and of the facts of execution. Integer minor units.
 *
 * "Today" is the session under way, or the last one: from its opening mark on.
 */
export interface Desk {
  take(event: TradekitEvent): void;
  readonly orders: readonly WorkingOrder[];
  readonly positions: readonly OpenPosition[];
  /** Today's, oldest first. */
  readonly trades: readonly ClosedTrade[];
  readonly today: {
    readonly closed: number;
    readonly won: number;
    readonly netMinor: number;
    readonly r: number;
  };
  /** Starting balance + net P&L of every closed trade. */
  readonly balanceMinor: number;
  /** E: the balance at this session's open, of which limits are shares. */
  readonly sessionEquityMinor: number;
  readonly openRiskMinor: number;
  /** Positions open and entries approved: what the limit on positions counts. */
  readonly reserved: number;
  readonly lossLimitMinor: number;
  /** Today's loss has reached its limit: no entry for the rest of the session. */
  readonly lossLatched: boolean;
  isLocked(slot: number): boolean;
  /** Unrealised P&L at a price, the charges of the entry taken off. */
  openPnlMinor(position: OpenPosition, last: number): number;
}

export function createDesk({ instruments, money, risk }: RunSettings): Desk {
  const { minorDigits } = money;
  const slots = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));
  const grids = instruments.map((of) => moneyGrid(of, minorDigits));
  const startingMinor = toMinor(risk.startingBalance, minorDigits);
  const account = createAccount({ startingMinor, minorDigits, symbols: instruments.length, lock: risk.lock });
  const approved = new Map<string, PlanValidated>();
  const orders = new Map<string, WorkingOrder>();
  const positions = new Map<string, OpenPosition>();
  const state = { balanceMinor: startingMinor, lossLatched: false };
  let trades: ClosedTrade[] = [];
  let today = { closed: 0, won: 0, netMinor: 0, r: 0 };

  function lossLimitMinor(): number {
    return Math.floor((account.equityMinor * risk.maxDailyLossPct) / 100);
  }

  function notional(symbol: string, qty: number, price: number): number {
    const grid = grids[slots.get(symbol) ?? -1];
    return grid === undefined ? toMinor(qty * price, minorDigits) : notionalMinor(qty, price, grid);
  }

  function approve(plan: PlanValidated): void {
    approved.set(plan.correlationId, plan);
    account.reserve(plan.correlationId, {
      slot: slots.get(plan.symbol) ?? -1,
      riskMinor: toMinor(plan.riskAmount, minorDigits),
      notionalMinor: notional(plan.symbol, plan.qty, plan.entryLimit),
    });
  }

  function execute(event: ExecutionEvent): void {
    const { correlationId } = event;
    const plan = approved.get(correlationId);
    account.handle(event);
    if (event.type === 'ORDER_PLACED') {
      if (plan !== undefined) orders.set(correlationId, { plan, order: event });
    } else if (event.type === 'ORDER_FILLED') {
      if (event.leg === 'exit') return;
      orders.delete(correlationId);
      if (plan !== undefined) positions.set(correlationId, { plan, fill: event });
    } else {
      orders.delete(correlationId);
      approved.delete(correlationId);
      if (event.type === 'POSITION_CLOSED') close(event, plan);
    }
  }

  function close(closed: PositionClosed, plan: PlanValidated | undefined): void {
    const netMinor = toMinor(closed.netPnl, minorDigits);
    positions.delete(closed.correlationId);
    state.balanceMinor += netMinor;
    today.closed += 1;
    today.won += netMinor > 0 ? 1 : 0;
    today.netMinor += netMinor;
    today.r += closed.pnlR;
    trades.push({ closed, plan });
    if (trades.length > TRADES_KEPT) trades = trades.slice(-TRADES_KEPT);
    // As risk latches it: at a close, and until the session ends.
    if (account.realisedTodayMinor <= -lossLimitMinor() && account.realisedTodayMinor < 0)
      state.lossLatched = true;
  }

  function openSession(date: string): void {
    account.openSession(date);
    state.lossLatched = false;
    trades = [];
    today = { closed: 0, won: 0, netMinor: 0, r: 0 };
  }

  return {
    take(event) {
      if (event.type === 'SESSION_OPENED') openSession(event.session);
      else if (event.type === 'PLAN_VALIDATED') approve(event);
      else if (isExecution(event)) execute(event);
    },
    get orders() {
      return [...orders.values()];
    },
    get positions() {
      return [...positions.values()];
    },
    get trades() {
      return trades;
    },
    get today() {
      return today;
    },
    get balanceMinor() {
      return state.balanceMinor;
    },
    get sessionEquityMinor() {
      return account.equityMinor;
    },
    get openRiskMinor() {
      return account.openRiskMinor;
    },
    get reserved() {
      return account.positions;
    },
    get lossLimitMinor() {
      return lossLimitMinor();
    },
    get lossLatched() {
      return state.lossLatched;
    },
    isLocked: account.isLocked,
    openPnlMinor({ plan, fill }, last) {
      const sign = plan.direction === 'long' ? 1 : -1;
      const move = notional(plan.symbol, fill.qty, last) - notional(plan.symbol, fill.qty, fill.price);
      return sign * move - feesMinor(fill.fees, minorDigits) + 0;
    },
  };
}

function isExecution(event: TradekitEvent): event is ExecutionEvent {
  return event.type.startsWith('ORDER_') || event.type === 'POSITION_CLOSED';
}

function feesMinor(fees: OrderFilled['fees'], minorDigits: number): number {
  return Object.values(fees).reduce((sum, fee) => sum + toMinor(fee, minorDigits), 0);
}

/** P&L in units of the risk that was approved; null where nothing was risked. */
export function inR(pnlMinor: number, { riskAmount }: PlanValidated, minorDigits: number): number | null {
  const riskMinor = toMinor(riskAmount, minorDigits);
  return riskMinor > 0 ? pnlMinor / riskMinor : null;
}

/** Where a price stands between stop (0) and target (1), cut to that; null where the plan has no target. */
export function shareOfWay({ stop, targets }: PlanValidated, price: number): number | null {
  const target = targets[0]?.price;
  if (target === undefined || target === stop) return null;
  return Math.min(1, Math.max(0, (price - stop) / (target - stop)));
}
