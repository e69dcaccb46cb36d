import type { StrategyPlan } from '../../rules/strategy.ts';

/** Whether some price of the plan is left to market structure, or measured in its ATR: only then need it be folded. */
export function needsStructure(plan: StrategyPlan): boolean {
  const { entry, entryOffset, stop, target } = plan;
  const findsEntry = entry === 'auto' || (entry !== 'market' && entryOffset === undefined);
  return findsEntry || stop === undefined || target === undefined || measuresInAtr(plan);
}

function measuresInAtr({ entryOffset, stop, target }: StrategyPlan): boolean {
  return [entryOffset, stop, target].some((distance) => distance !== undefined && 'atr' in distance);
}
