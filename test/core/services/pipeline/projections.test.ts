import { describe, expect, it } from 'vitest';
import type {
  ExecutionEvent,
  PlanValidated,
  TradekitEvent,
} from '../../../../src/core/domain/events/events.ts';
import { orderCancelled } from '../../../../src/core/domain/exec/facts.ts';
import {
  createLockLifting,
  createLockTaking,
  createPositionProjection,
  type Projection,
} from '../../../../src/core/services/pipeline/projections.ts';
import { markOf } from '../../../desk.ts';
import { planAt } from './drawn-plan.ts';

const [first, second] = [planAt(1), planAt(2)];
const LOCK = `TG:LOCK:${first.symbol}` as const;
const POS = `POS:${first.symbol}` as const;

/** A fill or a close, as far as projections read it. */
function fact(type: 'ORDER_FILLED' | 'POSITION_CLOSED', plan: PlanValidated): ExecutionEvent {
  const { symbol, correlationId, qty, at } = plan;
  return { type, symbol, correlationId, leg: 'entry', qty, price: 100, at } as ExecutionEvent; // the rest is not read
}

const cancelled = (plan: PlanValidated): ExecutionEvent => orderCancelled(plan, 'expired', plan.at);

/** What the last event writes, after those before it. */
function written(projection: Projection, ...events: readonly TradekitEvent[]) {
  return events.map((event) => projection.writes(event)).at(-1);
}

describe('the lock of a symbol', () => {
  const opened = (date: string) => markOf('SESSION_OPENED', 0, date);

  it('is taken at approval and falls, once, when a session of another date opens', () => {
    const taking = createLockTaking();
    expect(written(taking, opened('2015-07-06'), first)).toEqual([{ key: LOCK, value: first.orderId }]);
    expect(taking.writes(opened('2015-07-06')), 'the evening session of that date').toEqual([]);
    expect(taking.writes(opened('2015-07-07'))).toEqual([{ key: LOCK, value: undefined }]);
    expect(taking.writes(opened('2015-07-08'))).toEqual([]);
  });

  const lifted = [{ key: LOCK, value: undefined }];

  it.each(['session', 'position'] as const)(
    'of the %s is lifted by the last unfilled cancellation',
    (lock) => {
      expect(written(createLockLifting(lock), first, cancelled(first))).toEqual(lifted);
      expect(written(createLockLifting(lock), first, second, cancelled(first))).toEqual([]);
      expect(written(createLockLifting(lock), first, second, cancelled(first), cancelled(second))).toEqual(
        lifted,
      );
    },
  );

  it('is lifted by the last close where it is of the position, and not where it is of the session', () => {
    const close = (plan: PlanValidated) => fact('POSITION_CLOSED', plan);
    expect(written(createLockLifting('position'), first, close(first))).toEqual(lifted);
    expect(written(createLockLifting('position'), first, second, close(first))).toEqual([]);
    expect(written(createLockLifting('session'), first, close(first))).toEqual([]);
  });
});

describe('the position of a symbol', () => {
  it('is the one entered last, then the one that is left, then none', () => {
    const shown = createPositionProjection();
    const writesOf = (event: TradekitEvent) => shown.writes(event);
    for (const plan of [first, second]) shown.writes(plan);
    const of = (plan: PlanValidated) => [
      { key: POS, value: expect.objectContaining({ orderId: plan.orderId }) },
    ];
    expect(writesOf(fact('ORDER_FILLED', first))).toEqual(of(first));
    expect(writesOf(fact('ORDER_FILLED', second))).toEqual(of(second));
    expect(writesOf(fact('POSITION_CLOSED', second))).toEqual(of(first));
    expect(writesOf(fact('POSITION_CLOSED', first))).toEqual([{ key: POS, value: undefined }]);
  });
});
