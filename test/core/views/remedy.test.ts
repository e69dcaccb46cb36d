import { expect, it } from 'vitest';
import type { OwnKey } from '../../../src/core/domain/performance/own-setting.ts';
import { remedyAgainst } from '../../../src/core/views/remedy.ts';
import { remedyFor } from '../../../src/core/views/words.ts';

const bound = (
  reason: string,
  own: readonly (readonly [strategy: string, OwnKey, value: string])[],
  allOwn: boolean,
) => ({
  reason,
  count: 3,
  ofSignals: 3,
  own: own.map(([strategy, key, value]) => ({ strategy, key, value })),
  allOwn,
});

it('is the general one where no strategy has a setting of its own', () => {
  expect(remedyAgainst(bound('REWARD_RISK', [], false))).toBe(remedyFor('REWARD_RISK'));
  expect(remedyAgainst(bound('SOMETHING_NEW', [], false))).toBeUndefined();
});

it('names the key beside the flag where the flag holds for others', () => {
  expect(remedyAgainst(bound('REWARD_RISK', [['A', 'risk.minRewardRisk', '4']], false))).toMatch(
    /^A lower --min-rr, and risk\.minRewardRisk of A \(now 4\) or a wider target/,
  );
});

it('names the key alone where each strategy has its own', () => {
  const own = [
    ['A', 'risk.riskPct', '0.001'],
    ['B', 'risk.riskPct', '0.002'],
  ] as const;
  expect(remedyAgainst(bound('QUANTITY', own, true))).toBe(
    'The risk allowed does not pay for one lot: raise --equity or risk.riskPct of A (now 0.001) and 1 more.',
  );
  // Not the --risk-pct inside of --max-open-risk-pct.
  expect(remedyAgainst(bound('MAX_OPEN_RISK', own.slice(0, 1), true))).toBe(
    'Raise --max-open-risk-pct, or lower risk.riskPct of A (now 0.001) so that more trades fit.',
  );
});

it('says what is wrong with a stop or target that has no flag, beside what others may try', () => {
  const own = [['A', 'plan.target', '{ "percent": 150 }']] as const;
  const fault =
    'Change plan.target of A, now { "percent": 150 }: it has to lie beyond both the close and the entry, and above zero.';
  expect(remedyAgainst(bound('NO_TARGET', own, true))).toBe(fault);
  expect(remedyAgainst(bound('NO_TARGET', own, false))).toBe(`${remedyFor('NO_TARGET')} ${fault}`);
});
