import type { EntryKind } from '../../trading/plan.ts';
import { type PlanRequest, signOf } from './request.ts';

/** What an entry at `from` earns at the target and loses at the stop: per unit in price, with the costs of each way out. */
export type Odds = {
  readonly reward: number;
  readonly risk: number;
  readonly costAtTarget: number;
  readonly costAtStop: number;
};

export type Prices = {
  readonly kind: EntryKind;
  readonly from: number;
  readonly stop: number;
  readonly target: number;
};

export function oddsOf({ kind, from, stop, target }: Prices, request: PlanRequest): Odds {
  const sign = signOf(request.direction);
  return {
    reward: (target - from) * sign,
    risk: (from - stop) * sign,
    costAtTarget: request.costPerUnit(kind, target),
    costAtStop: request.costPerUnit(kind, stop),
  };
}

export function grossRewardRisk({ reward, risk }: Odds): number {
  return reward / risk;
}

/** (reward − costs) ÷ (risk + costs). */
export function netRewardRisk({ reward, risk, costAtTarget, costAtStop }: Odds): number {
  return (reward - costAtTarget) / (risk + costAtStop);
}
