import type { Assumptions } from '../domain/performance/result.ts';

/** What risk is set: the percentage that holds for most, and a remark where strategies set their own. */
export type RiskSetting = { readonly pct: string; readonly remark: string };

type RiskAssumptions = Pick<Assumptions, 'riskPct' | 'ownRiskPct' | 'strategies'>;

/** `1 %` and ` (2 of 12 strategies their own 0.01 to 0.5 %)`; where all have their own, that and ` (the strategies’ own)`. */
export function riskSetting({ riskPct, ownRiskPct, strategies }: RiskAssumptions): RiskSetting {
  const count = ownRiskPct.length;
  if (count === 0) return { pct: `${riskPct} %`, remark: '' };
  const own = rangeText(ownRiskPct.map((of) => of.riskPct));
  if (count === strategies)
    return { pct: own, remark: ` (the ${count === 1 ? 'strategy’s' : 'strategies’'} own)` };
  const whose = count === 1 ? 'its' : 'their';
  return { pct: `${riskPct} %`, remark: ` (${count} of ${strategies} strategies ${whose} own ${own})` };
}

function rangeText(pcts: readonly number[]): string {
  const [least, most] = [Math.min(...pcts), Math.max(...pcts)];
  return least === most ? `${least} %` : `${least} to ${most} %`;
}
