import { sideOf } from '../cell.ts';
import { FALSE, TRUE, UNDEFINED } from '../truth.ts';
import type { ConditionEntry } from './condition.ts';

/** From the lower to the upper end, both included. */
export const between: ConditionEntry = {
  summary: 'Between two values, both included',
  needsPrevious: false,
  boolean: false,
  create({ left, right, upper }) {
    const ofLower = sideOf(left, right);
    const ofUpper = sideOf(left, upper);
    return () => {
      const lower = ofLower();
      const higher = ofUpper();
      if (Number.isNaN(lower) || Number.isNaN(higher)) return UNDEFINED;
      return lower >= 0 && higher <= 0 ? TRUE : FALSE;
    };
  },
};
