import type { StrategyPlan } from '../../rules/strategy.ts';

/** Whether some price of the plan is left to market structure: only then need it be folded. */
export function needsStructure({ entry, entryOffset, stop, target }: StrategyPlan): boolean {
  const findsEntry = entry === 'auto' || (entry !== 'market' && entryOffset === undefined);
  return findsEntry || stop === undefined || target === undefined;
}

/** Whether the strategy measures some distance of its own in ATR. */
export function needsAtr({ entryOffset, stop, target }: StrategyPlan): boolean {
  return isInAtr(entryOffset) || isInAtr(stop) || isInAtr(target);
}

function isInAtr(distance: StrategyPlan['stop'] | StrategyPlan['target']): boolean {
  return distance !== undefined && 'atr' in distance;
}
