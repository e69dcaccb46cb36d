import type { Strategy, StrategyPlan, StrategyRisk } from '../rules/strategy.ts';

/** What a strategy sets for itself in strategies.json, so that no general setting changes it. */
export type OwnSetting = {
  readonly strategy: string;
  readonly key: OwnKey;
  /** As it stands in the file. */
  readonly value: string;
};

export type OwnKey = `risk.${keyof StrategyRisk}` | `plan.${keyof StrategyPlan}`;

/** The own setting of a strategy that decides whether a plan is lost for this reason, if it has one. */
export function ownSettingOf({ name, plan, risk }: Strategy, reason: string): OwnSetting | undefined {
  const deciding: Readonly<Record<string, readonly (readonly [OwnKey, unknown])[]>> = {
    NO_STOP: [['plan.stop', plan.stop]],
    NO_TARGET: [
      ['plan.target', plan.target],
      ['plan.fallbackR', plan.fallbackR],
      ['risk.minRewardRisk', risk.minRewardRisk],
    ],
    REWARD_RISK: [['risk.minRewardRisk', risk.minRewardRisk]],
    QUANTITY: [['risk.riskPct', risk.riskPct]],
    MAX_OPEN_RISK: [['risk.riskPct', risk.riskPct]],
  };
  const candidates = Object.hasOwn(deciding, reason) ? (deciding[reason] ?? []) : [];
  const own = candidates.find(([, value]) => value !== undefined);
  return own && { strategy: name, key: own[0], value: shown(own[1]) };
}

/** 4 → `4`; a distance → `{ "atr": 1.5 }` */
function shown(value: unknown): string {
  return JSON.stringify(value).replace(/[{:]/g, '$& ').replace('}', ' }');
}
