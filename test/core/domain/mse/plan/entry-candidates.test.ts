import { describe, expect, it } from 'vitest';
import { entryCandidates } from '../../../../../src/core/domain/mse/plan/entry-candidates.ts';
import type { PlanRequest } from '../../../../../src/core/domain/mse/plan/request.ts';
import type { StrategyPlan } from '../../../../../src/core/domain/rules/strategy.ts';
import { breakOf, gap, requestOf, structureOf, swing } from './request-of.ts';

function offered(plan: Partial<StrategyPlan>, over: Partial<PlanRequest> = {}) {
  return entryCandidates(requestOf(plan, over)).map(({ kind, price, reason }) => [kind, price, reason.code]);
}

describe('entryCandidates', () => {
  it('keeps the decision close for a market entry, on the grid or not', () => {
    expect(offered({ entry: 'market' }, { price: 100.03 })).toEqual([['market', 100.03, 'ENTRY_MARKET']]);
  });

  it.each([
    // 0.3 % of 100.15 is 0.30045: 99.84955 and 100.45045. Buying rounds up, selling down.
    ['limit', 'long', 99.85],
    ['stop', 'long', 100.5],
    ['limit', 'short', 100.45],
    ['stop', 'short', 99.8],
  ] as const)('places a %s of a %s by its own offset', (entry, direction, price) => {
    const plan = { entry, entryOffset: { percent: 0.3 } } as const;
    expect(offered(plan, { price: 100.15, direction })).toEqual([[entry, price, 'ENTRY_OWN']]);
  });

  it('offers the middle of the nearest open gap below a long, bought a tick up where it is off the grid', () => {
    // Middles 98.5, 99.125 and 100.5: the last is not below the close.
    const gaps = [gap(1, 98, 99), gap(1, 99, 99.25), gap(1, 100, 101)];
    const structure = structureOf({ openGaps: (dir) => (dir === 1 ? gaps : []) });
    expect(offered({ entry: 'limit' }, { structure })).toEqual([['limit', 99.15, 'ENTRY_AT_GAP']]);
    expect(offered({ entry: 'limit' }, { structure, direction: 'short' })).toEqual([]);
  });

  it('offers a retest of the last broken level only with the break', () => {
    const structure = structureOf({ lastBreak: breakOf(1, 99.6) });
    expect(offered({ entry: 'limit' }, { structure })).toEqual([['limit', 99.6, 'ENTRY_AT_RETEST']]);
    expect(offered({ entry: 'limit' }, { structure, direction: 'short' })).toEqual([]);
    const below = structureOf({ lastBreak: breakOf(1, 100.4) });
    expect(offered({ entry: 'limit' }, { structure: below })).toEqual([]);
  });

  it('offers a stop one tick beyond the last swing, unless price is there already', () => {
    const structure = structureOf({ lastSwing: (dir) => swing(dir, 100 + dir * 0.8) });
    expect(offered({ entry: 'stop' }, { structure })).toEqual([['stop', 100.85, 'ENTRY_BEYOND_SWING']]);
    expect(offered({ entry: 'stop' }, { structure, direction: 'short' })).toEqual([
      ['stop', 99.15, 'ENTRY_BEYOND_SWING'],
    ]);
    expect(offered({ entry: 'stop' }, { structure, price: 101 })).toEqual([]);
  });

  it('reaches 2.5 ATR and no farther', () => {
    // ATR 2: 95.00 is 5.00 away.
    const at = structureOf({ lastBreak: breakOf(1, 95) });
    const beyond = structureOf({ lastBreak: breakOf(1, 94.95) });
    expect(offered({ entry: 'limit' }, { structure: at })).toHaveLength(1);
    expect(offered({ entry: 'limit' }, { structure: beyond })).toEqual([]);
  });

  it('offers all kinds for auto, market first', () => {
    const structure = structureOf({
      openGaps: () => [gap(1, 98, 99)],
      lastBreak: breakOf(1, 99.6),
      lastSwing: () => swing(1, 100.8),
    });
    expect(offered({ entry: 'auto' }, { structure }).map(([, , code]) => code)).toEqual([
      'ENTRY_MARKET',
      'ENTRY_AT_GAP',
      'ENTRY_AT_RETEST',
      'ENTRY_BEYOND_SWING',
    ]);
  });
});
