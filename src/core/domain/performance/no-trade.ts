import type { Strategy } from '../rules/strategy.ts';
import type { ConditionTally, StrategyConditions } from './condition-tally.ts';
import { type Funnel, rankedCounts } from './funnel.ts';
import type { Loss } from './losses.ts';
import type { NearMiss } from './near-miss.ts';
import { type OwnSetting, ownSettingOf } from './own-setting.ts';
import type { RuleCount, RuleTally } from './rule-tally.ts';

/** Where the last signals of a run without trades were lost. */
export type NoTradeStep = 'no_signal' | 'no_plan' | 'rejected' | 'not_filled';

/** Why nothing traded. */
export type NoTradeDiagnosis = {
  readonly step: NoTradeStep;
  /** The reason that ended most signals, over all steps; null where there was no signal. */
  readonly boundMost: BoundMost | null;
  readonly rules: readonly RuleCount[];
  readonly conditions: readonly StrategyConditions[];
  readonly nearMiss: NearMiss | null;
};

export type BoundMost = {
  readonly reason: string;
  readonly count: number;
  readonly ofSignals: number;
  /** What the strategies that lost signals to it set for themselves and it hangs on; who lost most first. */
  readonly own: readonly OwnSetting[];
  /** No strategy that lost signals to it goes by the general setting. */
  readonly allOwn: boolean;
};

export type NoTradeEvidence = {
  readonly funnel: Funnel;
  readonly losses?: readonly Loss[];
  readonly strategies?: readonly Strategy[];
  readonly rules?: RuleTally | undefined;
  /** Only worth the time of a second run where nothing fired. */
  readonly conditions?: ConditionTally | undefined;
};

/** null where something traded. */
export function diagnoseNoTrade(evidence: NoTradeEvidence): NoTradeDiagnosis | null {
  const { funnel, rules, conditions } = evidence;
  if (funnel.filled > 0) return null;
  const [most] = rankedCounts({ ...funnel.noPlan, ...funnel.rejected, ...funnel.cancelled });
  return {
    step: stepOf(funnel),
    boundMost:
      most === undefined
        ? null
        : { reason: most[0], count: most[1], ofSignals: funnel.signals, ...ownOf(most[0], evidence) },
    rules: rules?.rules() ?? [],
    conditions: conditions?.strategies() ?? [],
    nearMiss: rules?.nearMiss() ?? conditions?.nearMiss() ?? null,
  };
}

function ownOf(
  reason: string,
  { losses = [], strategies = [] }: NoTradeEvidence,
): Pick<BoundMost, 'own' | 'allOwn'> {
  const lost = losses.filter((of) => of.reason === reason).sort((a, b) => b.count - a.count);
  const own = lost.flatMap((of) => {
    const strategy = strategies.find(({ name }) => name === of.strategy);
    return (strategy && ownSettingOf(strategy, reason)) ?? [];
  });
  return { own, allOwn: own.length > 0 && own.length === lost.length };
}

function stepOf({ signals, plans, validated }: Funnel): NoTradeStep {
  if (signals === 0) return 'no_signal';
  if (plans === 0) return 'no_plan';
  return validated === 0 ? 'rejected' : 'not_filled';
}
