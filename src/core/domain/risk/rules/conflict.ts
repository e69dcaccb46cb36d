import type { PlanRule } from '../rule.ts';

/** Opposite plans of one symbol at one instant reject each other; a later one of the same direction is outranked. */
export const conflict: PlanRule = {
  reads: 'plan',
  name: 'conflict',
  summary: 'One plan per symbol and instant; opposite directions reject each other',
  reason: ({ rivalry }) => (rivalry === 'conflict' ? 'CONFLICT' : 'OUTRANKED'),
  check: ({ rivalry }) => ({ value: rivalry, limit: 'alone', pass: rivalry === 'alone' }),
};
