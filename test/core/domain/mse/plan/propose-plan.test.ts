import { describe, expect, it } from 'vitest';
import { proposePlan } from '../../../../../src/core/domain/mse/plan/propose-plan.ts';
import {
  AT,
  breakOf,
  codesOf,
  FALLING,
  gap,
  pivot,
  planOf,
  pricesOf,
  RISING,
  refusalOf,
  requestOf,
  structureOf,
  swing,
} from './request-of.ts';

describe('proposePlan from market structure', () => {
  it('passes over two levels that are too near and aims one tick before the third', () => {
    // Risk 1.50, cost 0.10. 100.80: target 100.75, 0.75 ÷ 1.50 = 0.50 R, net 0.65 ÷ 1.60 = 0.41.
    // 102: target 101.95, 1.95 ÷ 1.50 = 1.30 R, net 1.85 ÷ 1.60 = 1.16.
    // 103: target 102.95, 2.95 ÷ 1.50 = 1.97 R, net 2.85 ÷ 1.60 = 1.78125 ≥ 1.5.
    const plan = planOf();
    expect(plan.entry).toEqual({ kind: 'market', price: 100, validUntil: AT + 1 });
    expect(plan.stop).toBe(98.5);
    expect(plan.targets).toEqual([{ price: 102.95, share: 1 }]);
    expect(plan.rewardRisk).toBeCloseTo(2.95 / 1.5, 12);
    expect(plan.score).toBeCloseTo(1.78125, 12);
    expect(plan.reasons).toEqual([
      { code: 'ENTRY_MARKET', text: 'entry at market from the close 100', ref: 'plan.entry', knownAt: AT },
      {
        code: 'STOP_AT_PIVOT',
        text: 'stop 98.5: beyond the pivot low 99 by 0.25 ATR, at least 2 ticks',
        ref: 'pivot:-1:100:99',
        knownAt: 500,
      },
      {
        code: 'LEVEL_PASSED_OVER',
        text: 'pivot high 100.8 passed over, a target 100.75 is too near: 0.50 R, net 0.41 R',
        ref: 'pivot:1:100:100.8',
        knownAt: 500,
      },
      {
        code: 'LEVEL_PASSED_OVER',
        text: 'equal highs (2 touches) 102 passed over, a target 101.95 is too near: 1.30 R, net 1.16 R',
        ref: 'pool:1:100:102',
        knownAt: 500,
      },
      {
        code: 'TARGET_AT_LEVEL',
        text: "target 102.95: one tick before the previous day's high (2015-07-06) 103: 1.97 R, net 1.78 R",
        ref: 'day:1:100:2015-07-06',
        knownAt: 500,
      },
    ]);
  });

  it('mirrors all of it for a short', () => {
    const plan = planOf({}, { direction: 'short', structure: FALLING });
    expect(pricesOf(plan)).toEqual(['market', 100, 101.5, 97.05]);
    expect(plan.score).toBeCloseTo(1.78125, 12);
    expect(codesOf(plan)).toEqual(codesOf(planOf()));
  });

  it('waits until structure has an average true range', () => {
    expect(refusalOf({}, { structure: undefined }).reason).toBe('STRUCTURE_WARMING_UP');
    expect(refusalOf({}, { structure: structureOf({ atr: Number.NaN }) }).reason).toBe(
      'STRUCTURE_WARMING_UP',
    );
  });

  it('tells the last break and a cluster behind the stop, which decide nothing', () => {
    const cluster = {
      kind: 'cluster',
      dir: -1,
      formedAt: 50,
      knownAt: 400,
      level: 99.34567,
      atr: 2,
      anchor: 99,
      touches: 3,
      weight: 5,
      rank: 1,
      supersededAt: undefined,
      expiredAt: undefined,
    } as const;
    const farther = { ...cluster, formedAt: 10, level: 98.4, anchor: 98.4 };
    const more = { ...RISING, lastBreak: breakOf(-1, 98), clusters: () => [farther, cluster] };
    const plan = planOf({}, { structure: more });
    expect(pricesOf(plan)).toEqual(pricesOf(planOf()));
    expect(plan.reasons.slice(-2)).toEqual([
      {
        code: 'LAST_BREAK',
        text: 'against the last break: BOS down through 98',
        ref: 'break:-1:100:98',
        knownAt: 500,
      },
      {
        code: 'CLUSTER',
        text: 'cluster of 3 pivots around 99.35 behind the stop',
        ref: 'cluster:-1:50:99',
        knownAt: 400,
      },
    ]);
  });
});

describe('proposePlan by itself', () => {
  const own = { stop: { ticks: 20 }, target: { r: 2 } } as const;

  it('needs no structure where the strategy brings a whole plan', () => {
    const plan = planOf(own, { structure: undefined, atr: Number.NaN });
    expect(pricesOf(plan)).toEqual(['market', 100, 99, 102]);
    expect(codesOf(plan)).toEqual(['ENTRY_MARKET', 'STOP_OWN', 'TARGET_OWN']);
  });

  it('is the same plan whether some other strategy has structure folded or not', () => {
    expect(planOf(own, { structure: { ...RISING, lastBreak: breakOf(1, 99) } })).toEqual(
      planOf(own, { structure: undefined }),
    );
  });
});

describe('proposePlan choosing among entries', () => {
  /** Open gap 98.90 to 99.50 (middle 99.20), last break up through 99.60, last swing high 100.80. */
  const rich = {
    ...RISING,
    openGaps: () => [gap(1, 98.9, 99.5)],
    lastBreak: breakOf(1, 99.6),
    lastSwing: () => swing(1, 100.8),
  };

  it('auto takes the entry with the best net reward:risk from its own price', () => {
    // To 102.95 over 98.50, cost 0.10: gap 99.20: 3.65 ÷ 0.80 = 4.56; retest 99.60: 3.25 ÷ 1.20 = 2.71;
    // market 100: 2.85 ÷ 1.60 = 1.78; stop 100.85: 2.00 ÷ 2.45 = 0.82.
    const plan = planOf({ entry: 'auto' }, { structure: rich });
    expect(pricesOf(plan)).toEqual(['limit', 99.2, 98.5, 102.95]);
    expect(plan.entry.validUntil).toBe(AT + 10);
    expect(plan.reasons.slice(0, 4).map(({ code, ref, text }) => [code, ref, text])).toEqual([
      ['ENTRY_AT_GAP', 'gap:1:100:99.2', 'limit entry 99.2: middle of the bullish gap 98.9 to 99.5'],
      [
        'ENTRY_PASSED_OVER',
        'break:1:100:99.6',
        'limit entry 99.6: retest of the level of the last BOS up passed over: net 2.71 R from there',
      ],
      [
        'ENTRY_PASSED_OVER',
        'plan.entry',
        'entry at market from the close 100 passed over: net 1.78 R from there',
      ],
      [
        'ENTRY_PASSED_OVER',
        'swing:1:100:100.8',
        'stop entry 100.85: one tick beyond the last swing high 100.8 passed over: net 0.82 R from there',
      ],
    ]);
  });

  it('keeps reward:risk and score from the decision close', () => {
    const plan = planOf({ entry: 'auto' }, { structure: rich });
    expect([plan.rewardRisk, plan.score]).toEqual([planOf().rewardRisk, planOf().score]);
  });

  it('auto enters at market where structure offers nothing else', () => {
    expect(planOf({ entry: 'auto' }).entry.kind).toBe('market');
  });

  it('takes a gap before a retest at the same price', () => {
    // The middle of the gap is the broken level: both at 99.60.
    const tied = { ...rich, openGaps: () => [gap(1, 99.4, 99.8)] };
    expect(codesOf(planOf({ entry: 'limit' }, { structure: tied }))[0]).toBe('ENTRY_AT_GAP');
  });

  it('leaves out an entry beyond the stop, and refuses where none is left', () => {
    const low = structureOf({ ...RISING, openGaps: () => [gap(1, 97, 98)] });
    expect(planOf({ entry: 'auto' }, { structure: low }).entry.kind).toBe('market');
    const refusal = refusalOf({ entry: 'limit' }, { structure: low });
    expect(refusal.reason).toBe('NO_ENTRY');
    expect(refusal.reasons.at(-1)?.text).toBe('the limit entry 97.5 lies beyond the stop 98.5');
  });

  it('says so when structure has no entry of the kind', () => {
    const refusal = refusalOf({ entry: 'stop' });
    expect(refusal.reasons).toEqual([
      { code: 'NO_ENTRY', text: 'market structure offers no stop entry near 100' },
    ]);
  });

  it('aims a stop entry at a level beyond the entry, not beyond the close alone', () => {
    // Stop entry at 103.05, where 103 has been passed; 104 is the first level beyond it.
    const far = {
      ...RISING,
      lastSwing: () => swing(1, 103),
      untakenLevels: () => [pivot(1, 103), pivot(1, 104)],
    };
    expect(pricesOf(planOf({ entry: 'stop' }, { structure: far }))).toEqual(['stop', 103.05, 98.5, 103.95]);
  });

  it('says NO_TARGET when the only entry finds none', () => {
    const refusal = refusalOf({ entry: 'auto' }, { structure: { ...rich, untakenLevels: () => [] } });
    expect(refusal.reason).toBe('NO_TARGET');
  });

  it('is a function of its request', () => {
    const request = requestOf({ entry: 'auto' }, { structure: rich });
    expect(JSON.stringify(proposePlan(request))).toBe(JSON.stringify(proposePlan(request)));
  });
});
