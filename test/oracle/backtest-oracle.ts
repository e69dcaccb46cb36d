import { readFileSync } from 'node:fs';
import type { ExecutionEvent, Mark, PlanValidated } from '../../src/core/domain/events/events.ts';
import { createExec, type Exec } from '../../src/core/domain/exec/exec.ts';
import { createCandleView } from '../../src/core/domain/market/candle.ts';
import type { Instrument } from '../../src/core/domain/market/instrument.ts';
import { DEFAULT_FILLS } from '../../src/core/domain/simulation/settings.ts';
import type { CostModel } from '../../src/core/domain/trading/costs.ts';
import type { EntryKind } from '../../src/core/domain/trading/plan.ts';
import type { Trade } from '../../src/core/domain/trading/trade.ts';

/**
 * Feeds plans to the execution stage itself, as DESIGN §6 says of the `oracle` model: 9 decimals, no sessions, risk
 * rules, locks or rounding. Candle i opens at i minutes, so a trade's times are its candle indices.
 */

export type Bar = readonly [open: number, high: number, low: number, close: number];

export type OracleOrder = {
  readonly direction: 'long' | 'short';
  readonly kind: EntryKind;
  /** Trigger or limit; ignored for a market order. */
  readonly price: number;
  readonly stop: number | undefined;
  readonly target: number | undefined;
  readonly size: number;
  /** Candles it may wait for. */
  readonly life: number;
};

const STEP_MS = 60_000;
const DIGITS = 9;
const INSTRUMENT: Instrument = { symbol: 'X', type: 'equity', tick: 1e-9, lot: 1, decimals: DIGITS };

/** `[fixed, ratio]` of each side, in billionths. */
export function percentAndFixed(fixed: number, ratio: number): CostModel {
  return {
    name: 'oracle',
    summary: `${fixed} + ${ratio} of value a side`,
    items: ['commission'],
    rates: () => ({ buyRatio: ratio, sellRatio: ratio, perUnit: 0 }),
    openBook: () => ({
      fill: ({ notional }) => ({ commission: Math.round(fixed * 10 ** DIGITS + notional * ratio) }),
      close: () => ({}),
    }),
    outsideSchedule: () => undefined,
  };
}

/** A trade with the candles in which its fills happened; without an exit while it is open. */
export type OracleTrade = {
  readonly direction: 'long' | 'short';
  readonly size: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  readonly exitBar?: number;
  readonly exitPrice?: number;
  readonly pnl?: number;
};

/** A broker of one symbol, driven candle by candle. */
export interface OracleBroker {
  /** Closed trades in the order of their entries, then the one still open. */
  trades(): readonly OracleTrade[];
  /** Realised, in currency units. */
  readonly netPnl: number;
  /** Neither an order working nor a position open. */
  readonly isFlat: boolean;
  bar(bar: Bar): void;
  submit(order: OracleOrder): void;
  /** Leaves at the next open, before the bracket is looked at. */
  closeAtNextOpen(): void;
}

export function createOracleBroker(costs: CostModel): OracleBroker {
  const trades = new Map<string, OracleTrade>();
  let netMinor = 0;
  const exec: Exec = createExec({
    instruments: [INSTRUMENT],
    baseTimeframeMs: STEP_MS,
    costs,
    minorDigits: DIGITS,
    tellsAll: true,
    fills: { ...DEFAULT_FILLS, model: 'oracle', slippage: { ticks: 0, bp: 0 } },
    onTrade: closed,
  });
  const view = createCandleView(0);
  let index = 0;
  let squaring = false;

  function closed(trade: Trade): void {
    netMinor += trade.netPnl;
    const { direction, qty: size, entryPrice } = trade;
    // Entered and left in one candle: the stage tells of both at once.
    const entered = trades.get(trade.correlationId) ?? { direction, size, entryBar: index, entryPrice };
    const exit = { exitBar: index, exitPrice: trade.exitPrice, pnl: trade.netPnl / 10 ** DIGITS };
    trades.set(trade.correlationId, { ...entered, ...exit });
  }

  function note(events: readonly ExecutionEvent[]): void {
    for (const event of events) {
      if (event.type !== 'ORDER_FILLED' || event.leg !== 'entry') continue;
      const direction = event.side === 'buy' ? 'long' : 'short';
      const entered = { direction, size: event.qty, entryBar: index, entryPrice: event.price } as const;
      trades.set(event.correlationId, { ...entered, ...trades.get(event.correlationId) });
    }
  }

  function openSession(): void {
    exec.onMark(sessionOpened(index * STEP_MS));
    squaring = false;
  }
  openSession();

  return {
    trades: () => [...trades.values()].sort((a, b) => a.entryBar - b.entryBar),
    get netPnl() {
      return netMinor / 10 ** DIGITS;
    },
    get isFlat() {
      return exec.busy === 0;
    },
    bar([open, high, low, close]) {
      Object.assign(view, {
        openAt: index * STEP_MS,
        closeAt: (index + 1) * STEP_MS,
        open,
        high,
        low,
        close,
      });
      note(exec.onCandle(view));
      note(exec.endInstant(view.closeAt));
      index += 1;
      if (squaring) openSession();
    },
    submit(order) {
      note(exec.accept(planOf(order, index), 0, index * STEP_MS));
    },
    closeAtNextOpen() {
      const at = index * STEP_MS;
      exec.onMark({ id: `SQUARE_OFF/${at}`, v: 1, type: 'SQUARE_OFF', at, session: '1970-01-01' });
      squaring = true;
    },
  };
}

function sessionOpened(at: number): Mark {
  const forEver = Number.MAX_SAFE_INTEGER;
  return {
    id: `SESSION_OPENED/${at}`,
    v: 1,
    type: 'SESSION_OPENED',
    at,
    session: '1970-01-01',
    openAt: at,
    closeAt: forEver,
    openTimeOfDayMs: 0,
    entryFromAt: at,
    entryUntilAt: forEver,
  };
}

/** Without a stop or a target, one that no price reaches. */
function planOf(order: OracleOrder, index: number): PlanValidated {
  const at = index * STEP_MS;
  const long = order.direction === 'long';
  const id = `X/oracle/1m/${at}`;
  return {
    id: `${id}#risk`,
    v: 1,
    type: 'PLAN_VALIDATED',
    symbol: 'X',
    at,
    correlationId: id,
    causationId: `${id}#plan`,
    strategy: 'oracle',
    direction: order.direction,
    timeframe: '1m',
    price: order.price,
    orderId: `${id}#order`,
    qty: order.size,
    entry: { kind: order.kind, price: order.price, validUntil: at + order.life * STEP_MS },
    entryLimit: order.price,
    stop: order.stop ?? (long ? 0 : 1e12),
    targets: [{ price: order.target ?? (long ? 1e12 : 0), share: 1 }],
    riskAmount: 1,
    riskPct: 1,
    checks: [],
  };
}

/** Reads `name,…,Open,High,Low,Close,…` with any first columns; header case does not matter. */
export function readBars(file: string): Bar[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = header.toLowerCase().split(',');
  const columns = ['open', 'high', 'low', 'close'].map((name) => names.indexOf(name));
  return lines.map((line) => {
    const cells = line.split(',');
    const [open = NaN, high = NaN, low = NaN, close = NaN] = columns.map((column) => Number(cells[column]));
    return [open, high, low, close];
  });
}
