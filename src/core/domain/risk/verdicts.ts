import type { PlanRejected, PlanValidated, RuleCheck, TradePlanProposed } from '../events/events.ts';
import { followingId } from '../events/ids.ts';

/** What was approved of a plan: how much, at what worst entry, for what risk. */
export type Approval = {
  /** Units. */
  readonly qty: number;
  readonly entryLimit: number;
  /** Currency units. */
  readonly riskAmount: number;
  readonly riskPct: number;
};

export function planValidated(
  plan: TradePlanProposed,
  { qty, entryLimit, riskAmount, riskPct }: Approval,
  checks: readonly RuleCheck[],
  at: number,
): PlanValidated {
  return {
    id: followingId(plan.correlationId, 'risk'),
    v: 1,
    type: 'PLAN_VALIDATED',
    symbol: plan.symbol,
    at,
    correlationId: plan.correlationId,
    causationId: plan.id,
    strategy: plan.strategy,
    direction: plan.direction,
    timeframe: plan.timeframe,
    price: plan.price,
    orderId: followingId(plan.correlationId, 'order'),
    qty,
    entry: plan.entry,
    entryLimit,
    stop: plan.stop,
    targets: plan.targets,
    riskAmount,
    riskPct,
    checks,
  };
}

export function planRejected(
  plan: TradePlanProposed,
  reason: string,
  checks: readonly RuleCheck[],
  at: number,
): PlanRejected {
  return {
    id: followingId(plan.correlationId, 'risk'),
    v: 1,
    type: 'PLAN_REJECTED',
    symbol: plan.symbol,
    at,
    correlationId: plan.correlationId,
    causationId: plan.id,
    strategy: plan.strategy,
    direction: plan.direction,
    reason,
    checks,
  };
}
