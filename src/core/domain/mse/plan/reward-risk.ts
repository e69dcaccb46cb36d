import { type PlanRequest, signOf } from './request.ts';

/** What an entry at `from` earns at the target, loses at the stop and costs either way: per unit, in price. */
export type Odds = { readonly reward: number; readonly risk: number; readonly cost: number };

export function oddsFrom(from: number, stop: number, target: number, request: PlanRequest): Odds {
  const sign = signOf(request.direction);
  return {
    reward: (target - from) * sign,
    risk: (from - stop) * sign,
    cost: request.costPerUnit,
  };
}

export function grossRewardRisk({ reward, risk }: Odds): number {
  return reward / risk;
}

/** (reward − cost) ÷ (risk + cost). */
export function netRewardRisk({ reward, risk, cost }: Odds): number {
  return (reward - cost) / (risk + cost);
}
