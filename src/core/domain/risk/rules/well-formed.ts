import type { Rule } from '../rule.ts';

/** Stop on the losing side of the entry, target on the winning side. Numbers that are none are rejected before any rule. */
export const wellFormed: Rule = {
  name: 'well-formed',
  summary: 'Stop and target stand on their own sides of the entry',
  reason: 'MALFORMED',
  check: ({ plan }) => {
    const sign = plan.direction === 'long' ? 1 : -1;
    const target = plan.targets[0]?.price ?? Number.NaN;
    const pass = sign * (plan.price - plan.stop) > 0 && sign * (target - plan.price) > 0;
    return { value: `${plan.stop} | ${plan.price} | ${target}`, limit: 'stop | entry | target', pass };
  },
};
