import { between } from './conditions/between.ts';
import { above, atLeast, atMost, below, equal, unequal } from './conditions/comparison.ts';
import type { ConditionEntry } from './conditions/condition.ts';
import { crossesAbove, crossesBelow } from './conditions/crosses.ts';
import type { Condition } from './strategy.ts';

/** Every condition that strategies.json can name. To add one: write its file, add its line. */
export const conditionCatalog: Readonly<Record<Condition, ConditionEntry>> = {
  '>': above,
  '>=': atLeast,
  '<': below,
  '<=': atMost,
  '==': equal,
  '!=': unequal,
  crosses_above: crossesAbove,
  crosses_below: crossesBelow,
  between,
};
