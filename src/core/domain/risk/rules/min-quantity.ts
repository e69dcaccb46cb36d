import type { PlanRule } from '../rule.ts';

/** Switched off, a plan whose risk budget buys less than one lot is traded with one lot. */
export const minQuantity: PlanRule = {
  reads: 'plan',
  name: 'min-quantity',
  summary: 'The risk budget buys at least one lot',
  reason: 'QUANTITY',
  check: ({ quantity, instrument }) => {
    const { units } = quantity();
    return { value: units, limit: instrument.lot, pass: units >= instrument.lot };
  },
};
