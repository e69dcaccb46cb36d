import { describe, expect, it } from 'vitest';
import type {
  OrderCancelled,
  PlanValidated,
  SessionOpened,
  TradekitEvent,
} from '../../../../../src/core/domain/events/events.ts';
import { createChains } from '../../../../../src/core/views/dashboard/fold/chains.ts';
import { createCourse } from '../../../../../src/core/views/dashboard/fold/course.ts';
import { createTape } from '../../../../../src/core/views/dashboard/fold/tape.ts';
import { markOf } from '../../../../desk.ts';

const event = (type: TradekitEvent['type'], correlationId: string): TradekitEvent =>
  ({ type, correlationId }) as PlanValidated | OrderCancelled; // all that chains look at

describe('the course of equity', () => {
  it('keeps no more samples than asked, the first and the newest among them', () => {
    const course = createCourse(8);
    for (let i = 1; i <= 1000; i += 1) course.add(i);
    const read = course.read();
    expect(read.length).toBeLessThanOrEqual(9);
    expect(read.at(-1)).toBe(1000);
    expect([...read].sort((a, b) => a - b)).toEqual(read);
    expect(read[0]).toBeLessThan(300);
  });

  it('keeps all of a few', () => {
    const course = createCourse(8);
    for (const value of [3, 1, 2]) course.add(value);
    expect(course.read()).toEqual([3, 1, 2]);
    course.clear();
    expect(course.read()).toEqual([]);
  });
});

describe('chains', () => {
  it('forget the oldest signals, but never one whose order or position is on', () => {
    const chains = createChains(3);
    chains.take(event('PLAN_VALIDATED', 'held'));
    for (const id of ['a', 'b', 'c', 'd']) chains.take(event('POTENTIAL_SIGNAL', id));
    expect(['held', 'a', 'b', 'c', 'd'].filter((id) => chains.chain(id) !== undefined)).toEqual([
      'held',
      'c',
      'd',
    ]);
    chains.take(event('POSITION_CLOSED', 'held'));
    for (const id of ['e', 'f']) chains.take(event('POTENTIAL_SIGNAL', id));
    expect(chains.chain('held')).toBeUndefined();
  });
});

describe('a tape', () => {
  it('keeps the newest candles', () => {
    const tape = createTape(1);
    const common = {
      id: 'x',
      v: 1,
      type: 'CANDLE_CLOSED',
      symbol: 'X',
      timeframe: '1m',
      high: 1,
      low: 1,
      open: 1,
    } as const;
    for (let i = 0; i < 10_000; i += 1) tape.onCandle(0, { ...common, at: i + 1, openAt: i, close: i });
    expect(tape.candles(0)).toHaveLength(1500);
    expect(tape.candles(0).at(-1)?.close).toBe(9999);
    const kept = tape.candles(0).map(({ openAt }) => openAt);
    expect(kept).toEqual(Array.from({ length: 1500 }, (_, i) => 8500 + i));
    expect(tape.quote(0)).toEqual({ last: 9999, lastAt: 10_000, reference: 1 });
    // From the next session on a price is held against the last close before it.
    tape.onSession(markOf('SESSION_OPENED', 20_000) as SessionOpened);
    tape.onCandle(0, { ...common, at: 20_001, openAt: 20_000, close: 7 });
    expect(tape.quote(0)).toEqual({ last: 7, lastAt: 20_001, reference: 9999 });
  });
});
