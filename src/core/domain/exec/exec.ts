import type { CancelReason, ExecutionEvent, Mark, PlanValidated, SquareOff } from '../events/events.ts';
import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';
import type { Instrument } from '../market/instrument.ts';
import { createBracket } from '../simulation/bracket.ts';
import { matchEntry } from '../simulation/match-entry.ts';
import { type Carried, isAmbiguous, isQuiet, matchExit } from '../simulation/match-exit.ts';
import type { FillSettings } from '../simulation/settings.ts';
import { slippageTicks } from '../simulation/slippage.ts';
import { addCharges, chargesInUnits, NO_CHARGES, totalCharges } from '../trading/charges.ts';
import type { CostModel } from '../trading/costs.ts';
import { moveTicks, onPriceGrid } from '../trading/tick-grid.ts';
import type { ExitReason, Trade } from '../trading/trade.ts';
import { closeTrade } from './close-trade.ts';
import {
  exitOrderId,
  type FillFact,
  orderCancelled,
  orderFilled,
  orderPlaced,
  positionClosed,
  sideOf,
} from './facts.ts';
import { createLedger, type FillMoney } from './ledger.ts';
import { type Position, see, seeCandle, seeQuietRows, type WorkingOrder } from './position.ts';

export type ExecOptions = {
  readonly instruments: readonly Instrument[];
  readonly baseTimeframeMs: number;
  readonly costs: CostModel;
  readonly minorDigits: number;
  readonly fills: FillSettings;
  /** Whether someone reads orders and fills; else only the facts that end a signal are told. */
  readonly tellsAll: boolean;
  /** Hears each finished trade, in the order in which they close. */
  readonly onTrade?: (trade: Trade) => void;
};

/**
 * The execution stage: accepts validated plans as orders, meets them with candles, squares off, closes.
 *
 * One honest state machine: an order is working, then open, then closed, or it is cancelled with nothing filled.
 * Definitions: DESIGN §6, Fills. Calls come in the order candles → marks → `endInstant`, then `accept`.
 */
export interface Exec {
  onCandle(candle: Candle): readonly ExecutionEvent[];
  onMark(mark: Mark): readonly ExecutionEvent[];
  /** Expires what the clock has passed. */
  endInstant(at: number): readonly ExecutionEvent[];
  /** `halted`: the kill switch stands, so the order is answered by its cancellation and never placed. */
  accept(plan: PlanValidated, slot: number, at: number, halted?: boolean): readonly ExecutionEvent[];
  /** Takes an order of this very instant back, as if it had not been accepted: the store refused it. */
  withdraw(plan: PlanValidated, slot: number): void;
  /** Takes rows of the only symbol in which nothing happens but time; gives the first that has to be met, or `to`. */
  passQuiet(tape: CandleTape, from: number, to: number): number;
  /** Orders working and positions open. */
  readonly busy: number;
  /** Net P&L of closed trades plus open positions at their last close, charges booked so far taken off; integer minor units. */
  markedPnl(): number;
}

const NONE: readonly ExecutionEvent[] = [];

export function createExec(options: ExecOptions): Exec {
  const { instruments, fills, minorDigits, baseTimeframeMs } = options;
  const ledger = createLedger(instruments, options.costs, minorDigits);
  const working: WorkingOrder[][] = instruments.map(() => []);
  const open: Position[][] = instruments.map(() => []);
  const lastClose = new Float64Array(instruments.length);
  const busyAt = new Uint16Array(instruments.length);
  let facts: ExecutionEvent[] = [];
  let date: string | undefined;
  let squaringAt: number | undefined;
  let ended = false;
  let closedPnl = 0;
  let workingCount = 0;

  function handOut(): readonly ExecutionEvent[] {
    if (facts.length === 0) return NONE;
    const out = facts;
    facts = [];
    return out;
  }

  function slipped(slot: number, side: 'buy' | 'sell', price: number): number {
    const instrument = instruments[slot];
    if (instrument === undefined) return price;
    const ticks = slippageTicks(price, fills.slippage, instrument);
    if (ticks === 0) return price;
    const worse = moveTicks(price, side === 'buy' ? ticks : -ticks, instrument);
    return worse > 0 ? worse : price;
  }

  function release(slot: number): void {
    busyAt[slot] = (busyAt[slot] ?? 1) - 1;
    exec.busy -= 1;
  }

  function cancel(order: WorkingOrder, reason: CancelReason, at: number): void {
    facts.push(orderCancelled(order.plan, reason, at));
    release(order.slot);
  }

  function cancelAll(reason: CancelReason, at: number): void {
    for (let slot = 0; slot < working.length; slot += 1) {
      keepWorking(slot, (order) => {
        cancel(order, reason, at);
        return false;
      });
    }
  }

  function tellFill(
    { plan, slot }: WorkingOrder,
    fill: Omit<FillFact, 'slippage' | 'charges'>,
    before: number,
    { charges }: FillMoney,
  ): void {
    const slippage = onPriceGrid(Math.abs(fill.price - before), instruments[slot]);
    facts.push(orderFilled(plan, { ...fill, slippage, charges }, minorDigits));
  }

  function fillEntry(order: WorkingOrder, price: number, at: number): Position {
    const { plan, slot, bracket } = order;
    const side = sideOf(plan, 'entry');
    let paid = bracket.kind === 'limit' ? price : slipped(slot, side, price);
    if (bracket.kind === 'market' && fills.model !== 'oracle' && bracket.sign * (paid - bracket.limit) > 0) {
      paid = bracket.limit;
    }
    const money = ledger.book({
      slot,
      date: date ?? order.date,
      orderId: plan.orderId,
      side,
      qty: plan.qty,
      price: paid,
      priceBeforeSlippage: price,
    });
    if (options.tellsAll)
      tellFill(order, { leg: 'entry', kind: bracket.kind, at, price: paid }, price, money);
    const entryCharges = totalCharges(money.charges);
    return {
      plan,
      slot,
      bracket,
      date: order.date,
      entryAt: at,
      entryPrice: paid,
      entry: money,
      entryCharges,
      settled: NO_CHARGES,
      mae: 0,
      mfe: 0,
      ambiguous: 0,
    };
  }

  function close(position: Position, reason: ExitReason, price: number, at: number): void {
    const { plan, slot } = position;
    const side = sideOf(plan, 'exit');
    const paid = reason === 'target' ? price : slipped(slot, side, price);
    const on = date ?? position.date;
    const money = ledger.book({
      slot,
      date: on,
      orderId: exitOrderId(plan),
      side,
      qty: plan.qty,
      price: paid,
      priceBeforeSlippage: price,
    });
    see(position, paid);
    const settled = addCharges(position.settled, ledger.settle(slot, on));
    const trade = closeTrade(position, {
      reason,
      at,
      price: paid,
      money,
      settled,
      minorDigits,
      instrument: instruments[slot],
    });
    const kind = reason === 'target' ? 'limit' : reason === 'stop' ? 'stop' : 'square_off';
    if (options.tellsAll) tellFill(position, { leg: 'exit', kind, at, price: paid }, price, money);
    const fees = options.tellsAll ? chargesInUnits(trade.fees, minorDigits) : NO_CHARGES; // the account reads the net only
    facts.push(positionClosed(plan, trade, fees, minorDigits));
    closedPnl += trade.netPnl;
    release(slot);
    options.onTrade?.(trade);
  }

  /** Meets one open position; true when it closed. */
  function meetPosition(position: Position, candle: Candle, carried: Carried): boolean {
    if (isAmbiguous(position.bracket, candle, carried)) position.ambiguous += 1;
    if (carried === 'carried') see(position, candle.open);
    const exit = matchExit(position.bracket, candle, carried, fills.model);
    if (exit !== undefined) {
      close(position, exit.reason, exit.price, exit.atOpen ? candle.openAt : candle.closeAt);
      return true;
    }
    if (carried === 'entered_inside') see(position, candle.close);
    else seeCandle(position, candle);
    return false;
  }

  /** The candle that contains the square-off time fills at its open whatever stands in the bracket. */
  function squaresOff(candle: Candle): boolean {
    return squaringAt !== undefined && candle.openAt <= squaringAt && squaringAt < candle.closeAt;
  }

  function meetOpen(slot: number, candle: Candle): void {
    const positions = open[slot];
    if (positions === undefined || positions.length === 0) return;
    for (let i = 0; i < positions.length; i += 1) {
      const position = positions[i];
      if (position === undefined || !meetCarried(position, candle)) continue;
      positions.splice(i, 1);
      i -= 1;
    }
  }

  /** True when the position closed. After square-off the bracket is dead: what finds no candle leaves at the session's end. */
  function meetCarried(position: Position, candle: Candle): boolean {
    if (!squaresOff(candle)) {
      if (squaringAt !== undefined) {
        seeCandle(position, candle);
        return false;
      }
      if (!isQuiet(position.bracket, candle)) return meetPosition(position, candle, 'carried');
      seeCandle(position, candle);
      return false;
    }
    see(position, candle.open);
    close(position, 'square_off', candle.open, candle.openAt);
    return true;
  }

  function meetWorking(slot: number, candle: Candle): void {
    const orders = working[slot];
    if (orders === undefined || orders.length === 0) return;
    keepWorking(slot, (order) => !meetOrder(order, slot, candle));
  }

  function keepWorking(slot: number, keeps: (order: WorkingOrder) => boolean): void {
    const orders = working[slot] ?? [];
    let kept = 0;
    for (let i = 0; i < orders.length; i += 1) {
      const order = orders[i];
      if (order === undefined || !keeps(order)) continue;
      orders[kept] = order;
      kept += 1;
    }
    workingCount -= orders.length - kept;
    while (orders.length > kept) orders.pop();
  }

  /** True when the order is no longer working. */
  function meetOrder(order: WorkingOrder, slot: number, candle: Candle): boolean {
    // A candle that was under way when the order was accepted is of before the decision: it cannot fill it.
    if (candle.openAt < order.plan.at) return false;
    if (startsTooLate(order, candle.openAt)) {
      cancel(order, 'expired', candle.closeAt);
      return true;
    }
    const match = matchEntry(order.bracket, candle, fills.model);
    if (match === undefined) return false;
    if (match === 'price_moved') {
      cancel(order, 'price_moved', candle.openAt);
      return true;
    }
    const position = fillEntry(order, match.price, match.atOpen ? candle.openAt : candle.closeAt);
    const atOpen = match.atOpen && !(fills.model === 'oracle' && order.bracket.kind !== 'market');
    if (!meetPosition(position, candle, atOpen ? 'entered_at_open' : 'entered_inside'))
      open[slot]?.push(position);
    return true;
  }

  /** A market order needs a candle that starts by its validUntil, the others one that starts before it. */
  function startsTooLate({ plan }: WorkingOrder, startAt: number): boolean {
    return plan.entry.kind === 'market' ? startAt > plan.entry.validUntil : startAt >= plan.entry.validUntil;
  }

  /** No candle that could still fill the order can come: those that start in time have closed by now. */
  function isPast({ plan }: WorkingOrder, at: number): boolean {
    return at >= plan.entry.validUntil + (plan.entry.kind === 'market' ? baseTimeframeMs : 0);
  }

  function sessionOpened(session: string): void {
    date = session;
    squaringAt = undefined;
  }

  function squareOff(mark: SquareOff): void {
    squaringAt = mark.at;
    cancelAll('square_off', mark.at);
  }

  function closeAll(reason: ExitReason, at: number): void {
    for (let slot = 0; slot < open.length; slot += 1) {
      for (const position of open[slot] ?? []) close(position, reason, lastClose[slot] ?? 0, at);
      open[slot] = [];
    }
  }

  /** What a position owes for the day is settled at its end also where it is carried over. */
  function settleCarried(): void {
    for (let slot = 0; slot < open.length; slot += 1) {
      const [first] = open[slot] ?? [];
      if (first !== undefined && date !== undefined) {
        first.settled = addCharges(first.settled, ledger.settle(slot, date));
      }
    }
  }

  function sessionClosed(at: number): void {
    cancelAll('session_end', at);
    if (squaringAt !== undefined) closeAll('no_data', at);
    else settleCarried();
    squaringAt = undefined;
    date = undefined;
  }

  function feedEnded(at: number): void {
    ended = true;
    cancelAll('feed_ended', at);
    closeAll('feed_ended', at);
  }

  /** Why an order accepted now could never fill, if it could not. */
  function refusal(): CancelReason | undefined {
    if (ended) return 'feed_ended';
    if (date === undefined) return 'session_end';
    return squaringAt === undefined ? undefined : 'square_off';
  }

  const exec = {
    busy: 0,
    onCandle(candle: Candle): readonly ExecutionEvent[] {
      const slot = candle.slot;
      lastClose[slot] = candle.close;
      if (busyAt[slot] === 0) return NONE;
      meetOpen(slot, candle);
      meetWorking(slot, candle);
      return handOut();
    },
    onMark(mark: Mark): readonly ExecutionEvent[] {
      if (mark.type === 'SESSION_OPENED') sessionOpened(mark.session);
      else if (mark.type === 'SQUARE_OFF') squareOff(mark);
      else if (mark.type === 'SESSION_CLOSED') sessionClosed(mark.at);
      else feedEnded(mark.at);
      return handOut();
    },
    endInstant(at: number): readonly ExecutionEvent[] {
      if (workingCount === 0) return NONE;
      for (let slot = 0; slot < working.length; slot += 1) {
        if (working[slot]?.length === 0) continue;
        keepWorking(slot, (order) => {
          if (!isPast(order, at)) return true;
          cancel(order, 'expired', at);
          return false;
        });
      }
      return handOut();
    },
    accept(plan: PlanValidated, slot: number, at: number, halted = false): readonly ExecutionEvent[] {
      if (halted) return [orderCancelled(plan, 'halted', at)];
      const instrument = instruments[slot];
      const target = plan.targets[0];
      if (instrument === undefined || target === undefined) return NONE;
      if (options.tellsAll) facts.push(orderPlaced(plan, at));
      exec.busy += 1;
      busyAt[slot] = (busyAt[slot] ?? 0) + 1;
      const sign = plan.direction === 'long' ? 1 : -1;
      const { kind, price } = plan.entry;
      const bracket = createBracket(
        { sign, kind, price, limit: plan.entryLimit, stop: plan.stop, target: target.price },
        fills.model,
        instrument,
      );
      const order: WorkingOrder = { plan, slot, bracket, date: date ?? '' };
      const reason = refusal();
      if (reason !== undefined) cancel(order, reason, at);
      else {
        working[slot]?.push(order);
        workingCount += 1;
      }
      return handOut();
    },
    withdraw(plan: PlanValidated, slot: number): void {
      keepWorking(slot, (order) => {
        if (order.plan.orderId !== plan.orderId) return true;
        release(slot);
        return false;
      });
    },
    passQuiet(tape: CandleTape, from: number, to: number): number {
      const { slot, close } = tape;
      const position = open[slot]?.[0];
      if (position === undefined || exec.busy > 1 || squaringAt !== undefined) return from;
      const row = seeQuietRows(position, tape, from, to);
      if (row > from) lastClose[slot] = close[row - 1] ?? Number.NaN;
      return row;
    },
    markedPnl(): number {
      let pnl = closedPnl;
      for (let slot = 0; slot < open.length; slot += 1) {
        for (const position of open[slot] ?? []) {
          const now = ledger.notional(slot, position.plan.qty, lastClose[slot] ?? 0);
          pnl += position.bracket.sign * (now - position.entry.notional) - position.entryCharges;
          pnl -= totalCharges(position.settled);
        }
      }
      return pnl;
    },
  };
  return exec;
}
