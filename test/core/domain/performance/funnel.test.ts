import { describe, expect, it } from 'vitest';
import { createFunnel, rankedCounts } from '../../../../src/core/domain/performance/funnel.ts';
import {
  makeCancelled,
  makeClosed,
  makeFilled,
  makeNoPlan,
  makePlaced,
  makePlan,
  makeRejected,
  makeSignal,
  makeValidated,
} from './make-event.ts';

describe('funnel', () => {
  it('counts what reached each step and why the rest did not', () => {
    const funnel = createFunnel();
    for (let i = 0; i < 5; i += 1) funnel.count(makeSignal());
    funnel.count(makeNoPlan());
    for (let i = 0; i < 4; i += 1) funnel.count(makePlan());
    funnel.count(makeRejected('REWARD_RISK', []));
    funnel.count(makeRejected('LOCKED', []));
    for (let i = 0; i < 2; i += 1) funnel.count(makeValidated());
    for (let i = 0; i < 2; i += 1) funnel.count(makePlaced());
    funnel.count(makeCancelled());
    funnel.count(makeFilled());
    funnel.count(makeFilled({ leg: 'exit', side: 'sell' }));
    funnel.count(makeClosed());
    expect(funnel.read()).toEqual({
      signals: 5,
      plans: 4,
      validated: 2,
      filled: 1,
      closed: 1,
      noPlan: { NO_TARGET: 1 },
      rejected: { REWARD_RISK: 1, LOCKED: 1 },
      cancelled: { price_moved: 1 },
      exits: { target: 1 },
    });
  });

  it('hands out a reading that later counts do not change', () => {
    const funnel = createFunnel();
    funnel.count(makeNoPlan());
    const before = funnel.read();
    funnel.count(makeNoPlan());
    expect(before.noPlan).toEqual({ NO_TARGET: 1 });
  });

  it('ranks reasons by count, equals by name', () => {
    expect(rankedCounts({ b: 1, c: 3, a: 1 })).toEqual([
      ['c', 3],
      ['a', 1],
      ['b', 1],
    ]);
  });
});
