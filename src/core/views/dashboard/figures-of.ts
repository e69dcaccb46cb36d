import { STAGE_NAMES, type StageName } from '../../domain/events/channels.ts';
import type { Money } from '../../domain/performance/result.ts';
import type { RiskRule } from '../../domain/risk/settings.ts';
import { toMinor } from '../../domain/trading/money.ts';
import {
  type AccountFigures,
  BEAT_FRESH_MS,
  type FeedFigures,
  type Figures,
  type LimitFigures,
  type OrderFigures,
  type PositionFigures,
  type ServiceFigures,
  type SessionFigures,
  type Surroundings,
  type TradeFigures,
  type WatchFigures,
} from './figures.ts';
import { type ClosedTrade, inR, type OpenPosition, shareOfWay, type WorkingOrder } from './fold/desk.ts';
import type { RunFold } from './fold/run-fold.ts';

/** Strategies that are listed for a symbol. */
const NEAREST_SHOWN = 3;
const EVENTS_SHOWN = 200;

/** The figures of a run as far as it is folded. */
export function figuresOf(fold: RunFold, around: Surroundings): Figures {
  const { settings, desk } = fold;
  const { id, source, money, zone, doubts, strategies } = settings;
  const positions = desk.positions.map((position) => positionOf(position, fold));
  return {
    v: 1,
    run: { id, source },
    money,
    zone,
    doubts,
    feed: feedOf(fold, around),
    session: sessionOf(fold),
    services: STAGE_NAMES.map((name) => serviceOf(name, around)),
    halted: around.halted ?? null,
    account: accountOf(fold, positions),
    limits: limitsOf(fold),
    positions,
    orders: desk.orders.map((order) => orderOf(order, fold.feedAt ?? 0)),
    nearestFrom: strategies === undefined ? 'signals' : 'strategies',
    watch: settings.instruments.map(({ symbol }, slot) => watchOf(symbol, slot, fold)),
    funnel: fold.funnel,
    trades: desk.trades.map((trade) => tradeOf(trade, money)),
    equityCourseMinor: [...fold.course],
    events: fold.latest.slice(-EVENTS_SHOWN),
  };
}

function feedOf(fold: RunFold, around: Surroundings): FeedFigures {
  const { services, now, unreadable } = around;
  const done = Math.min(...Object.values(services).map((of) => of.done));
  return {
    at: fold.feedAt ?? null,
    state: feedStateOf(fold, around, done),
    instant: fold.n,
    behind: Math.max(0, done - fold.n),
    heardMs: fold.recordedAt === undefined ? null : Math.max(0, now - fold.recordedAt),
    unreadable,
  };
}

/** A dashboard that lags by less is not said to be reading: it is seconds of the fastest replay. */
const FAR_BEHIND = 1000;

function feedStateOf(
  { n, feedAt, hasEnded }: RunFold,
  { services }: Surroundings,
  done: number,
): FeedFigures['state'] {
  if (hasEnded) return 'ended';
  if (done - n > FAR_BEHIND || (n === 0 && done > 0)) return 'reading';
  const lives = Object.values(services).some(({ beatMs }) => beatMs !== undefined && beatMs < BEAT_FRESH_MS);
  if (!lives) return 'silent';
  return feedAt === undefined ? 'waiting' : 'running';
}

function sessionOf({ session, sessionIsOpen }: RunFold): SessionFigures | null {
  if (session === undefined) return null;
  const { session: date, openAt, closeAt, entryUntilAt, squareOffAt = null } = session;
  return { date, isOpen: sessionIsOpen, openAt, closeAt, entryUntilAt, squareOffAt };
}

function serviceOf(name: StageName, { services }: Surroundings): ServiceFigures {
  const { beatMs = null, done } = services[name];
  return { name, beatMs, lag: Math.max(0, services.screen.done - done) };
}

function accountOf(fold: RunFold, positions: readonly PositionFigures[]): AccountFigures {
  const { today, sessionEquityMinor } = fold.desk;
  const openMinor = positions.reduce((sum, { pnlMinor }) => sum + pnlMinor, 0);
  const openR = positions.reduce((sum, { pnlR }) => sum + (pnlR ?? 0), 0);
  return {
    equityMinor: fold.equityMinor,
    sessionEquityMinor,
    todayMinor: today.netMinor + openMinor,
    todayR: today.r + openR,
    closedTodayMinor: today.netMinor,
    closedTodayR: today.r,
    openMinor,
    openR,
    tradesToday: today.closed,
    wonToday: today.won,
  };
}

function limitsOf({ desk, settings: { risk } }: RunFold): LimitFigures {
  const { lossLimitMinor, today, openRiskMinor, reserved, lossLatched, sessionEquityMinor } = desk;
  const whereOn = <Value>(rule: RiskRule, value: Value): Value | null =>
    risk.disabledRules.includes(rule) ? null : value;
  return {
    lossLimitMinor: whereOn('max-daily-loss', lossLimitMinor),
    lossLeftMinor: whereOn('max-daily-loss', Math.max(0, lossLimitMinor + Math.min(0, today.netMinor))),
    lossLatched: whereOn('max-daily-loss', lossLatched) ?? false,
    openRiskMinor,
    openRiskLimitMinor: whereOn(
      'max-open-risk',
      Math.floor((sessionEquityMinor * risk.maxOpenRiskPct) / 100),
    ),
    reserved,
    maxPositions: whereOn('max-positions', risk.maxPositions),
    switchedOff: risk.disabledRules,
  };
}

function positionOf(position: OpenPosition, { desk, tape, slotOf, settings }: RunFold): PositionFigures {
  const { plan, fill } = position;
  const { minorDigits } = settings.money;
  const last = tape.quote(slotOf(plan.symbol)).last ?? fill.price;
  const pnlMinor = desk.openPnlMinor(position, last);
  return {
    id: plan.correlationId,
    symbol: plan.symbol,
    strategy: plan.strategy,
    direction: plan.direction,
    qty: fill.qty,
    entryPrice: fill.price,
    entryAt: fill.at,
    last,
    stop: plan.stop,
    target: plan.targets[0]?.price ?? null,
    way: shareOfWay(plan, last),
    entryWay: shareOfWay(plan, fill.price),
    pnlMinor,
    pnlR: inR(pnlMinor, plan, minorDigits),
    riskMinor: toMinor(plan.riskAmount, minorDigits),
  };
}

function orderOf({ plan, order }: WorkingOrder, feedAt: number): OrderFigures {
  return {
    id: plan.correlationId,
    symbol: plan.symbol,
    strategy: plan.strategy,
    direction: plan.direction,
    kind: plan.entry.kind,
    qty: order.qty,
    price: order.price,
    stop: plan.stop,
    target: plan.targets[0]?.price ?? null,
    validUntilAt: plan.entry.validUntil,
    leftMs: Math.max(0, plan.entry.validUntil - feedAt),
  };
}

function watchOf(symbol: string, slot: number, { tape, desk, nearest, settings }: RunFold): WatchFigures {
  const { last, lastAt, reference } = tape.quote(slot);
  const changePct = last === undefined || !reference ? null : 100 * (last / reference - 1);
  const isHeld = desk.positions.some(({ plan }) => plan.symbol === symbol);
  const isOrdered = desk.orders.some(({ plan }) => plan.symbol === symbol);
  return {
    symbol,
    last: last ?? null,
    lastAt: lastAt ?? null,
    changePct,
    locked: desk.isLocked(slot) && !settings.risk.disabledRules.includes('intraday-lock'),
    held: isHeld ? 'position' : isOrdered ? 'order' : null,
    nearest: nearest.of(symbol).slice(0, NEAREST_SHOWN),
  };
}

function tradeOf({ closed }: ClosedTrade, { minorDigits }: Money): TradeFigures {
  return {
    id: closed.correlationId,
    symbol: closed.symbol,
    strategy: closed.strategy,
    direction: closed.direction,
    qty: closed.qty,
    entryPrice: closed.entryPrice,
    exitPrice: closed.exitPrice,
    exitAt: closed.at,
    exitReason: closed.exitReason,
    netMinor: toMinor(closed.netPnl, minorDigits),
    pnlR: closed.pnlR,
  };
}
