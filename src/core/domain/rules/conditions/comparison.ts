import { compare } from '../../indicators/tie.ts';
import { FALSE, TRUE, type Truth, UNDEFINED } from '../truth.ts';
import type { ConditionEntry } from './condition.ts';

export const above = comparison('Above', { above: TRUE });
export const atLeast = comparison('Above or equal', { equal: TRUE, above: TRUE });
export const below = comparison('Below', { below: TRUE });
export const atMost = comparison('Below or equal', { below: TRUE, equal: TRUE });
export const equal = comparison('Equal', { equal: TRUE }, true);
export const unequal = comparison('Not equal', { below: TRUE, above: TRUE }, true);

type Outcomes = { readonly below?: Truth; readonly equal?: Truth; readonly above?: Truth };

/** Two numbers against each other, ties by `compare`. One function for all six, so that it stays one for the compiler. */
function comparison(summary: string, outcomes: Outcomes, boolean = false): ConditionEntry {
  const whenBelow = outcomes.below ?? FALSE;
  const whenEqual = outcomes.equal ?? FALSE;
  const whenAbove = outcomes.above ?? FALSE;
  return {
    summary,
    needsPrevious: false,
    boolean,
    judge(left, right) {
      const side = compare(left, right);
      if (side > 0) return whenAbove;
      if (side < 0) return whenBelow;
      return side === 0 ? whenEqual : UNDEFINED;
    },
  };
}
