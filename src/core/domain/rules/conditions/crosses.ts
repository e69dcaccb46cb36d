import { TIE } from '../../indicators/tie.ts';
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
    judge(left, right, _upper, previousLeft, previousRight) {
      const now = left - right;
      const before = previousLeft - previousRight;
      if (Number.isNaN(now) || Number.isNaN(before)) return UNDEFINED;
      const isBeyond = now * direction > TIE * Math.abs(right);
      return isBeyond && before * direction <= TIE * Math.abs(previousRight) ? TRUE : FALSE;
    },
  };
}
