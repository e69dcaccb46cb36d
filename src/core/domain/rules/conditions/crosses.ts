import { sideOf } from '../cell.ts';
import { FALSE, TRUE, UNDEFINED } from '../truth.ts';
import type { ConditionEntry } from './condition.ts';

/** Previous close at or below, this close above. Prices on a tick grid touch often: a strict cross would miss half. */
export const crossesAbove = crosses('At or below before, above now', 1);

/** Previous close at or above, this close below. */
export const crossesBelow = crosses('At or above before, below now', -1);

function crosses(summary: string, direction: 1 | -1): ConditionEntry {
  return {
    summary,
    needsPrevious: true,
    boolean: false,
    create({ left, right, previousLeft, previousRight }) {
      const sideNow = sideOf(left, right);
      const sideBefore = sideOf(previousLeft, previousRight);
      return () => {
        const now = sideNow() * direction;
        const before = sideBefore() * direction;
        if (Number.isNaN(now) || Number.isNaN(before)) return UNDEFINED;
        return now > 0 && before <= 0 ? TRUE : FALSE;
      };
    },
  };
}
