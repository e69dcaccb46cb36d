import type { PlanRule } from '../rule.ts';

/**
 * The risk budget buys a lot, and 1 R is at least one minor unit. Switched off, a budget that buys less than one lot
 * trades one lot, where buying power and liquidity allow it.
 */
export const minQuantity: PlanRule = {
  reads: 'plan',
  name: 'min-quantity',
  summary: 'The risk budget buys at least one lot',
  reason: 'QUANTITY',
  check: ({ desk, quantity }) => {
    const { units } = quantity;
    const { lot } = desk.instrument;
    return { value: units, limit: lot, pass: units >= lot && quantity.riskMinor(units) >= 1 };
  },
};
