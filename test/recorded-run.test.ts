import { expect, it } from 'vitest';
import { comparePositions } from '../src/core/domain/events/position.ts';
import { recordedRun } from './recorded-run.ts';

it('the recorded run has every type of event, each in its own place, in order', async () => {
  const events = await recordedRun();
  const types = new Set(events.map(({ line }) => (JSON.parse(line) as { readonly type: string }).type));
  expect([...types].sort()).toEqual([
    'CANDLE_CLOSED',
    'FEED_ENDED',
    'NO_TRADE_PLAN',
    'ORDER_CANCELLED',
    'ORDER_FILLED',
    'ORDER_PLACED',
    'PLAN_REJECTED',
    'PLAN_VALIDATED',
    'POSITION_CLOSED',
    'POTENTIAL_SIGNAL',
    'SESSION_CLOSED',
    'SESSION_OPENED',
    'SQUARE_OFF',
    'TRADE_PLAN_PROPOSED',
  ]);
  const misplaced = events.filter(({ position }, index) => {
    const before = events[index - 1]?.position;
    return before !== undefined && comparePositions(before, position) >= 0;
  });
  expect(misplaced).toEqual([]);
});
