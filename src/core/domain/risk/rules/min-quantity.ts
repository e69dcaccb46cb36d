import type { Rule } from '../rule.ts';

/** Switched off, a plan whose risk budget buys less than one lot is traded with one lot. */
export const minQuantity: Rule = {
  name: 'min-quantity',
  summary: 'The risk budget buys at least one lot',
  reason: 'QUANTITY',
  check: ({ qty, instrument }) => ({ value: qty, limit: instrument.lot, pass: qty >= instrument.lot }),
};
