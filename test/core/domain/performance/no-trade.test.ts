import { describe, expect, it } from 'vitest';
import type { RuleCheck, TraceItem } from '../../../../src/core/domain/events/events.ts';
import { createConditionTally } from '../../../../src/core/domain/performance/condition-tally.ts';
import { createFunnel } from '../../../../src/core/domain/performance/funnel.ts';
import { createLosses } from '../../../../src/core/domain/performance/losses.ts';
import { diagnoseNoTrade } from '../../../../src/core/domain/performance/no-trade.ts';
import { createRuleTally } from '../../../../src/core/domain/performance/rule-tally.ts';
import type { Strategy } from '../../../../src/core/domain/rules/strategy.ts';
import { makeStrategy } from '../../../make-strategy.ts';
import { makeFilled, makeNoPlan, makePlan, makeRejected, makeSignal, makeValidated } from './make-event.ts';

const fails = (rule: string, value: number | string, limit: number | string): RuleCheck => ({
  rule,
  value,
  limit,
  pass: false,
});
const passes = (rule: string): RuleCheck => ({ rule, value: 0, limit: 1, pass: true });

describe('rules that bound', () => {
  it('are counted whether first or not, and apart where they bound alone', () => {
    const tally = createRuleTally();
    tally.count(makeRejected('REWARD_RISK', [passes('conflict'), fails('reward-risk', 1.2, 1.5)]));
    tally.count(makeRejected('QUANTITY', [fails('min-quantity', 0, 1), fails('reward-risk', 0.5, 1.5)]));
    expect(tally.rules()).toEqual([
      { rule: 'reward-risk', failed: 2, alone: 1 },
      { rule: 'min-quantity', failed: 1, alone: 0 },
    ]);
  });

  it('give the nearest miss: fewest rules failed, then the smallest distance to the limit', () => {
    const tally = createRuleTally();
    tally.count(makeRejected('X', [fails('a', 0.99, 1), fails('b', 0.99, 1)]));
    tally.count(makeRejected('REWARD_RISK', [fails('reward-risk', 1.2, 1.5)], { symbol: 'TCS' }));
    tally.count(makeRejected('REWARD_RISK', [fails('reward-risk', 1.4212345, 1.5)]));
    tally.count(makeRejected('NOT_TRADABLE', [fails('tradable', 'index', 'not index')]));
    expect(tally.nearMiss()).toMatchObject({
      symbol: 'INFY',
      strategy: 'Breakout',
      text: 'reward-risk 1.4212, limit 1.5',
      values: { 'reward-risk': 1.4212345, 'reward-risk limit': 1.5 },
    });
  });

  it('have no nearest miss where nothing was rejected', () => {
    expect(createRuleTally().nearMiss()).toBeNull();
  });
});

describe('conditions that never held', () => {
  const trace = (rvol: number, spike: TraceItem['result']): readonly TraceItem[] => [
    { condition: 'rvol >= 2', result: rvol >= 2 ? 'true' : 'false', values: { rvol } },
    {
      condition: 'volume_spike',
      result: spike,
      values: {},
      ...(spike === 'undefined' ? { why: 'no volume' } : {}),
    },
  ];

  it('are counted per strategy, with why they were undefined', () => {
    const tally = createConditionTally();
    tally.count({ strategy: 'A', symbol: 'INFY', at: 1, trace: trace(3, 'undefined') });
    tally.count({ strategy: 'A', symbol: 'INFY', at: 2, trace: trace(1, 'false') });
    expect(tally.strategies()).toEqual([
      {
        strategy: 'A',
        evaluated: 2,
        conditions: [
          { condition: 'rvol >= 2', held: 1, undefinedCount: 0, why: null },
          { condition: 'volume_spike', held: 0, undefinedCount: 1, why: 'no volume' },
        ],
        outsideSession: null,
      },
    ]);
  });

  it('give the nearest miss: the most conditions true at once, the first of equals', () => {
    const tally = createConditionTally();
    tally.count({ strategy: 'A', symbol: 'INFY', at: 1, trace: trace(1, 'false') });
    tally.count({ strategy: 'A', symbol: 'TCS', at: 2, trace: trace(1.25, 'true') });
    tally.count({ strategy: 'A', symbol: 'INFY', at: 3, trace: trace(3, 'false') });
    expect(tally.nearMiss()).toEqual({
      symbol: 'TCS',
      strategy: 'A',
      at: 2,
      text: '1 of 2 conditions held; missing rvol >= 2 (rvol 1.25)',
      values: { held: 1, conditions: 2, rvol: 1.25 },
    });
  });
});

describe('a session window that hid what came true', () => {
  const session = { fromMs: 8 * 3_600_000, toMs: 9.25 * 3_600_000 };
  const held: readonly TraceItem[] = [{ condition: 'close > 1', result: 'true', values: {} }];

  it('is counted, and the first candle that it hid is the nearest miss', () => {
    const tally = createConditionTally();
    tally.count({ strategy: 'A', symbol: 'INFY', at: 1, trace: held });
    tally.countOutsideSession({ strategy: 'A', symbol: 'INFY', at: 1, session });
    tally.count({ strategy: 'A', symbol: 'TCS', at: 2, trace: held });
    tally.countOutsideSession({ strategy: 'A', symbol: 'TCS', at: 2, session });
    expect(tally.strategies()).toMatchObject([
      { strategy: 'A', outsideSession: { session: '08:00 to 09:15', times: 2 } },
    ]);
    expect(tally.nearMiss()).toEqual({
      symbol: 'INFY',
      strategy: 'A',
      at: 1,
      text: 'its logic came true, on a candle that starts outside its session 08:00 to 09:15',
      values: {},
    });
  });

  it('is not blamed where all conditions held under a NOT', () => {
    const tally = createConditionTally();
    tally.count({ strategy: 'A', symbol: 'INFY', at: 1, trace: held });
    expect(tally.nearMiss()?.text).toBe('1 of 1 conditions held; under a NOT that they break');
  });
});

describe('diagnosis of a run without trades', () => {
  it('names the reason that ended most signals', () => {
    const funnel = createFunnel();
    const rules = createRuleTally();
    for (let i = 0; i < 3; i += 1) {
      const rejected = makeRejected('REWARD_RISK', [fails('reward-risk', 1, 1.5)]);
      for (const event of [makeSignal(), makePlan(), rejected]) {
        funnel.count(event);
        rules.count(event);
      }
    }
    expect(diagnoseNoTrade({ funnel: funnel.read(), rules })).toMatchObject({
      step: 'rejected',
      boundMost: { reason: 'REWARD_RISK', count: 3, ofSignals: 3 },
      nearMiss: { text: 'reward-risk 1, limit 1.5' },
    });
  });

  it('tells which strategies set for themselves what bound most, who lost most first', () => {
    const funnel = createFunnel();
    const losses = createLosses();
    // C goes by the general setting until it sets its own; D lost to something else.
    const lost = ['A', 'B', 'B', 'C'].map((strategy) => makeRejected('REWARD_RISK', [], { strategy }));
    for (const event of [...lost, makeNoPlan({ strategy: 'D', reason: 'NO_STOP' })]) {
      funnel.count(event);
      losses.count(event);
    }
    const own = (name: string, minRewardRisk: number) => makeStrategy({ name, risk: { minRewardRisk } });
    const boundBy = (...strategies: readonly Strategy[]) =>
      diagnoseNoTrade({ funnel: funnel.read(), losses: losses.read(), strategies })?.boundMost;
    const key = 'risk.minRewardRisk';
    const ofAB = [
      { strategy: 'B', key, value: '3' },
      { strategy: 'A', key, value: '4' },
    ];
    const others = [own('A', 4), own('B', 3), own('D', 9)];
    expect(boundBy(...others, makeStrategy({ name: 'C', risk: {} }))).toMatchObject({
      own: ofAB,
      allOwn: false,
    });
    expect(boundBy(...others, own('C', 2))).toMatchObject({
      own: [...ofAB, { strategy: 'C', key, value: '2' }],
      allOwn: true,
    });
    expect(boundBy()).toMatchObject({ own: [], allOwn: false });
  });

  it('falls back on conditions where nothing fired', () => {
    const conditions = createConditionTally();
    conditions.count({ strategy: 'A', symbol: 'INFY', at: 1, trace: [] });
    const diagnosis = diagnoseNoTrade({ funnel: createFunnel().read(), conditions });
    expect(diagnosis).toMatchObject({ step: 'no_signal', boundMost: null, rules: [] });
    expect(diagnosis?.conditions.length).toBe(1);
  });

  it('tells a validated plan that never filled from one that was rejected', () => {
    const funnel = createFunnel();
    for (const event of [makeSignal(), makePlan(), makeValidated()]) funnel.count(event);
    expect(diagnoseNoTrade({ funnel: funnel.read() })?.step).toBe('not_filled');
  });

  it('is nothing where something traded', () => {
    const funnel = createFunnel();
    funnel.count(makeFilled());
    expect(diagnoseNoTrade({ funnel: funnel.read() })).toBeNull();
  });
});
