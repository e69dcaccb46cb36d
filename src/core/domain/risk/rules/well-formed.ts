import type { PlanRule } from '../rule.ts';

/** Stop on the losing side of the entry, target on the winning side. Numbers that are none are rejected before any rule. */
export const wellFormed: PlanRule = {
  reads: 'plan',
  name: 'well-formed',
  summary: 'Stop and target stand on their own sides of the entry',
  reason: 'MALFORMED',
  /** The smaller of the two distances from the decision close, which must be above 0. */
  check: ({ plan }) => {
    const sign = plan.direction === 'long' ? 1 : -1;
    const target = plan.targets[0]?.price ?? Number.NaN;
    const value = Math.min(sign * (plan.price - plan.stop), sign * (target - plan.price));
    return { value, limit: 0, pass: value > 0 };
  },
};
