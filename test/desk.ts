import type { ExecutionEvent, Mark, PlanValidated } from '../src/core/domain/events/events.ts';
import { createExec, type Exec } from '../src/core/domain/exec/exec.ts';
import { createCandleView } from '../src/core/domain/market/candle.ts';
import type { Instrument } from '../src/core/domain/market/instrument.ts';
import { DEFAULT_FILLS, type FillSettings } from '../src/core/domain/simulation/settings.ts';
import type { CostModel } from '../src/core/domain/trading/costs.ts';
import type { EntryKind } from '../src/core/domain/trading/plan.ts';
import type { Trade } from '../src/core/domain/trading/trade.ts';

/** A drawn session of one share: minutes are counted from its open at 0; it closes after 375, and squares off at 357 (15:12). */

export const MINUTE = 60_000;
export const SESSION_MINUTES = 375;
export const SQUARE_OFF_MINUTE = 357;

export const SHARE: Instrument = { symbol: 'ACME', type: 'equity', tick: 0.05, lot: 1, decimals: 2 };

export const FREE: CostModel = {
  name: 'none',
  summary: 'no charges',
  items: [],
  rates: () => ({ buyRatio: 0, sellRatio: 0, perUnit: 0 }),
  openBook: () => ({ fill: () => ({}), close: () => ({}) }),
  outsideSchedule: () => undefined,
};

/** `[minute it opens at, open, high, low, close]` */
export type Drawn = readonly [minute: number, open: number, high: number, low: number, close: number];

export type DrawnOrder = {
  readonly side?: 'long' | 'short';
  readonly kind?: EntryKind;
  /** Decision close of a market entry; price of the others. */
  readonly price: number;
  readonly limit?: number;
  readonly stop: number;
  readonly target: number;
  readonly qty?: number;
  readonly decidedAt?: number;
  /** Minute up to which it may wait; by default 2 candles for a market entry, 10 for the others. */
  readonly validUntil?: number;
};

/** An execution stage with its trades and events at hand. */
export interface Desk {
  readonly exec: Exec;
  readonly trades: readonly Trade[];
  readonly events: readonly ExecutionEvent[];
  order(order: DrawnOrder): void;
  candles(...candles: readonly Drawn[]): void;
  clock(minute: number): void;
  /** Of the desk's date, but where another session is named. */
  mark(
    type: 'SQUARE_OFF' | 'SESSION_CLOSED' | 'FEED_ENDED' | 'SESSION_OPENED',
    minute: number,
    session?: string,
  ): void;
  /** Takes an order back, as one whose commit the store refused. */
  withdraw(order: DrawnOrder): void;
}

export function openDesk(
  options: {
    readonly fills?: Partial<FillSettings>;
    readonly costs?: CostModel;
    readonly instrument?: Instrument;
    readonly date?: string;
  } = {},
): Desk {
  const trades: Trade[] = [];
  const events: ExecutionEvent[] = [];
  const instrument = options.instrument ?? SHARE;
  const date = options.date ?? '2015-07-06';
  const exec = createExec({
    instruments: [instrument],
    baseTimeframeMs: MINUTE,
    costs: options.costs ?? FREE,
    minorDigits: 2,
    tellsAll: true,
    fills: { ...DEFAULT_FILLS, ...options.fills },
    onTrade: (trade) => trades.push(trade),
  });
  const view = createCandleView(0);
  const desk: Desk = {
    exec,
    trades,
    events,
    order: (order) => events.push(...exec.accept(validated(order), 0, (order.decidedAt ?? 0) * MINUTE)),
    candles(...candles) {
      for (const [minute, open, high, low, close] of candles) {
        const openAt = minute * MINUTE;
        Object.assign(view, { openAt, closeAt: openAt + MINUTE, open, high, low, close, volume: 1000 });
        events.push(...exec.onCandle(view), ...exec.endInstant(view.closeAt));
      }
    },
    clock: (minute) => events.push(...exec.endInstant(minute * MINUTE)),
    mark: (type, minute, session = date) =>
      events.push(...exec.onMark(markOf(type, minute * MINUTE, session))),
    withdraw: (order) => exec.withdraw(validated(order), 0),
  };
  desk.mark('SESSION_OPENED', 0);
  return desk;
}

export function markOf(type: Mark['type'], at: number, session = '2015-07-06', sessionOpenAt = at): Mark {
  const common = { id: `${type}/${at}`, v: 1, at } as const;
  if (type === 'FEED_ENDED') return { ...common, type };
  if (type !== 'SESSION_OPENED') return { ...common, type, session };
  return {
    ...common,
    type,
    session,
    openAt: sessionOpenAt,
    closeAt: sessionOpenAt + SESSION_MINUTES * MINUTE,
    openTimeOfDayMs: (9 * 60 + 15) * MINUTE,
    entryFromAt: sessionOpenAt + 5 * MINUTE,
    entryUntilAt: sessionOpenAt + (SESSION_MINUTES - 45) * MINUTE,
    squareOffAt: sessionOpenAt + SQUARE_OFF_MINUTE * MINUTE,
  };
}

function validated(order: DrawnOrder): PlanValidated {
  const decidedAt = order.decidedAt ?? 0;
  const kind = order.kind ?? 'market';
  const id = `ACME/drawn/1m/${decidedAt}`;
  const qty = order.qty ?? 100;
  const limit = order.limit ?? order.price;
  return {
    id: `${id}#risk`,
    v: 1,
    type: 'PLAN_VALIDATED',
    symbol: 'ACME',
    at: decidedAt * MINUTE,
    correlationId: id,
    causationId: `${id}#plan`,
    strategy: 'drawn',
    direction: order.side ?? 'long',
    timeframe: '1m',
    price: order.price,
    orderId: `${id}#order`,
    qty,
    entry: {
      kind,
      price: order.price,
      validUntil: (order.validUntil ?? decidedAt + (kind === 'market' ? 2 : 10)) * MINUTE,
    },
    entryLimit: limit,
    stop: order.stop,
    targets: [{ price: order.target, share: 1 }],
    riskAmount: Math.round(qty * Math.abs(limit - order.stop) * 100) / 100,
    riskPct: 1,
    checks: [],
  };
}
