import type { PlanValidated, TradekitEvent } from '../../domain/events/events.ts';
import type { KeyName, KeyWrite } from '../../ports/store.ts';

/**
 * What people and old tools read of a run beside its events: `POS:<symbol>`, the open position, and `TG:LOCK:<symbol>`,
 * the symbol's lock for the session. Written with the events that change them; no stage reads them to decide.
 */
export interface Projection {
  /** What the event changes, in the order of writing. */
  writes(event: TradekitEvent): readonly KeyWrite[];
}

const NONE: readonly KeyWrite[] = [];

type Opened = {
  readonly plan: PlanValidated;
  readonly qty: number;
  readonly price: number;
  readonly at: number;
};

/** `POS:<symbol>`: a fold of validated plans, fills and closes. */
export function createPositionProjection(): Projection {
  const validated = new Map<string, PlanValidated>();
  const open = new Map<string, Opened>();

  function shown(symbol: string): KeyWrite {
    const [last] = [...open.values()].filter(({ plan }) => plan.symbol === symbol).slice(-1);
    return { key: `POS:${symbol}`, value: last === undefined ? undefined : fieldsOf(last) };
  }

  return {
    writes(event) {
      if (event.type === 'PLAN_VALIDATED') validated.set(event.correlationId, event);
      if (event.type === 'ORDER_CANCELLED') validated.delete(event.correlationId);
      if (event.type === 'ORDER_FILLED' && event.leg === 'entry') {
        const plan = validated.get(event.correlationId);
        if (plan === undefined) return NONE;
        open.set(event.correlationId, { plan, qty: event.qty, price: event.price, at: event.at });
        return [shown(event.symbol)];
      }
      if (event.type !== 'POSITION_CLOSED') return NONE;
      validated.delete(event.correlationId);
      open.delete(event.correlationId);
      return [shown(event.symbol)];
    },
  };
}

function fieldsOf({ plan, qty, price, at }: Opened): Readonly<Record<string, string>> {
  return {
    symbol: plan.symbol,
    direction: plan.direction,
    qty: String(qty),
    entryPrice: String(price),
    stop: String(plan.stop),
    target: String(plan.targets[0]?.price ?? ''),
    openedAt: String(at),
    strategy: plan.strategy,
    orderId: plan.orderId,
    riskAmount: String(plan.riskAmount),
  };
}

function lockOf(symbol: string): KeyName {
  return `TG:LOCK:${symbol}`;
}

/** `TG:LOCK:<symbol>` as risk writes it: taken at approval; what an earlier date left falls when a session opens. */
export function createLockTaking(): Projection {
  const taken = new Set<string>();
  let date: string | undefined;
  return {
    writes(event) {
      if (event.type === 'PLAN_VALIDATED') {
        taken.add(event.symbol);
        return [{ key: lockOf(event.symbol), value: event.orderId }];
      }
      if (event.type !== 'SESSION_OPENED' || event.session === date) return NONE;
      const fallen = [...taken];
      taken.clear();
      date = event.session;
      return fallen.map((symbol) => ({ key: lockOf(symbol), value: undefined }));
    },
  };
}

/** `TG:LOCK:<symbol>` as exec writes it: lifted with the last unfilled entry's cancellation and, with `lock: position`, with the last close. */
export function createLockLifting(lock: 'session' | 'position'): Projection {
  const held = new Map<string, Set<string>>();

  function heldOn(symbol: string): Set<string> {
    const ids = held.get(symbol) ?? new Set();
    held.set(symbol, ids);
    return ids;
  }

  return {
    writes(event) {
      if (event.type === 'PLAN_VALIDATED') heldOn(event.symbol).add(event.correlationId);
      if (event.type !== 'POSITION_CLOSED' && event.type !== 'ORDER_CANCELLED') return NONE;
      const ids = heldOn(event.symbol);
      ids.delete(event.correlationId);
      const lifts = event.type === 'ORDER_CANCELLED' || lock === 'position';
      return lifts && ids.size === 0 ? [{ key: lockOf(event.symbol), value: undefined }] : NONE;
    },
  };
}
