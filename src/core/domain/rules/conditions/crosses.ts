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
    create({ left, right, previousLeft, previousRight }) {
      // Written out, as crosses are what most strategies ask at every close.
      return () => {
        const level = right.values[right.index] ?? Number.NaN;
        const levelBefore = previousRight.values[previousRight.index] ?? Number.NaN;
        const now = (left.values[left.index] ?? Number.NaN) - level;
        const before = (previousLeft.values[previousLeft.index] ?? Number.NaN) - levelBefore;
        if (Number.isNaN(now) || Number.isNaN(before)) return UNDEFINED;
        const isBeyond = now * direction > TIE * Math.abs(level);
        return isBeyond && before * direction <= TIE * Math.abs(levelBefore) ? TRUE : FALSE;
      };
    },
  };
}
