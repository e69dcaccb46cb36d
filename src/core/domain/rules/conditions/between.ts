import { compare } from '../../indicators/tie.ts';
import { FALSE, TRUE, UNDEFINED } from '../truth.ts';
import type { ConditionEntry } from './condition.ts';

/** From the lower to the upper end, both included. */
export const between: ConditionEntry = {
  summary: 'Between two values, both included',
  needsPrevious: false,
  boolean: false,
  judge(left, right, upper) {
    const ofLower = compare(left, right);
    const ofUpper = compare(left, upper);
    if (Number.isNaN(ofLower) || Number.isNaN(ofUpper)) return UNDEFINED;
    return ofLower >= 0 && ofUpper <= 0 ? TRUE : FALSE;
  },
};
