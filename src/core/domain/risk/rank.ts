import type { TradePlanProposed } from '../events/events.ts';

/** A plan with what ranks it among the plans of its instant. */
export type RankedPlan = {
  readonly plan: TradePlanProposed;
  readonly slot: number;
  /** Place of its strategy in strategies.json. */
  readonly place: number;
  readonly tieBreak: number;
};

/** By place in strategies.json, then score, higher first, then a hash of date and symbol that favours no name for ever. */
export function comparePlans(a: RankedPlan, b: RankedPlan): number {
  return a.place - b.place || b.plan.score - a.plan.score || a.tieBreak - b.tieBreak || a.slot - b.slot;
}

/**
 * FNV-1a, 32 bits, of the UTF-8 bytes of ASCII text such as `2015-07-06|FCEL` (other characters by code unit).
 *
 * @see Fowler, Noll, Vo: offset basis 2166136261, prime 16777619
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
