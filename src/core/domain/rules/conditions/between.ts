import { compare } from '../../indicators/tie.ts';
import { readCell } from '../cell.ts';
import { FALSE, TRUE, UNDEFINED } from '../truth.ts';
import type { ConditionEntry } from './condition.ts';

/** From the lower to the upper end, both included. */
export const between: ConditionEntry = {
  summary: 'Between two values, both included',
  needsPrevious: false,
  boolean: false,
  create({ left, right, upper }) {
    return () => {
      const aboveLower = compare(readCell(left), readCell(right));
      const aboveUpper = compare(readCell(left), readCell(upper));
      if (Number.isNaN(aboveLower) || Number.isNaN(aboveUpper)) return UNDEFINED;
      return aboveLower >= 0 && aboveUpper <= 0 ? TRUE : FALSE;
    };
  },
};
