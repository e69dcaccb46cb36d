import { expect, it } from 'vitest';
import { riskSetting } from '../../../src/core/views/risk-setting.ts';

const own = (...riskPcts: readonly number[]) =>
  riskPcts.map((riskPct, i) => ({ strategy: `S${i}`, riskPct }));

it.each([
  ['of no strategy of its own', [], '1 %', ''],
  ['of one of three', own(0.01), '1 %', ' (1 of 3 strategies its own 0.01 %)'],
  ['of two of three, unlike', own(0.5, 0.01), '1 %', ' (2 of 3 strategies their own 0.01 to 0.5 %)'],
  [
    'of all, alike: the general one holds for none',
    own(0.01, 0.01, 0.01),
    '0.01 %',
    ' (the strategies’ own)',
  ],
])('risk setting %s', (_case, ownRiskPct, pct, remark) => {
  expect(riskSetting({ riskPct: 1, ownRiskPct, strategies: 3 })).toEqual({ pct, remark });
});

it('risk setting of the only strategy', () => {
  expect(riskSetting({ riskPct: 1, ownRiskPct: own(0.01), strategies: 1 })).toEqual({
    pct: '0.01 %',
    remark: ' (the strategy’s own)',
  });
});
