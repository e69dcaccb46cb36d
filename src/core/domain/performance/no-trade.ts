import type { ConditionTally, StrategyConditions } from './condition-tally.ts';
import { type Funnel, rankedCounts } from './funnel.ts';
import type { NearMiss } from './near-miss.ts';
import type { RuleCount, RuleTally } from './rule-tally.ts';

/** Where the last signals of a run without trades were lost. */
export type NoTradeStep = 'no_signal' | 'no_plan' | 'rejected' | 'not_filled';

/** Why nothing traded. */
export type NoTradeDiagnosis = {
  readonly step: NoTradeStep;
  /** The reason that ended most signals, over all steps; null where there was no signal. */
  readonly boundMost: { readonly reason: string; readonly count: number; readonly ofSignals: number } | null;
  readonly rules: readonly RuleCount[];
  readonly conditions: readonly StrategyConditions[];
  readonly nearMiss: NearMiss | null;
};

export type NoTradeEvidence = {
  readonly funnel: Funnel;
  readonly rules?: RuleTally | undefined;
  /** Only worth the time of a second run where nothing fired. */
  readonly conditions?: ConditionTally | undefined;
};

/** null where something traded. */
export function diagnoseNoTrade({ funnel, rules, conditions }: NoTradeEvidence): NoTradeDiagnosis | null {
  if (funnel.filled > 0) return null;
  const [most] = rankedCounts({ ...funnel.noPlan, ...funnel.rejected, ...funnel.cancelled });
  return {
    step: stepOf(funnel),
    boundMost: most === undefined ? null : { reason: most[0], count: most[1], ofSignals: funnel.signals },
    rules: rules?.rules() ?? [],
    conditions: conditions?.strategies() ?? [],
    nearMiss: rules?.nearMiss() ?? conditions?.nearMiss() ?? null,
  };
}

function stepOf({ signals, plans, validated }: Funnel): NoTradeStep {
  if (signals === 0) return 'no_signal';
  if (plans === 0) return 'no_plan';
  return validated === 0 ? 'rejected' : 'not_filled';
}
