import type { Rivalry } from './proposal.ts';
import type { RankedPlan } from './rank.ts';

/** The plans of one instant among themselves. */
export interface Rivals {
  of(ranked: RankedPlan): Rivalry;
  approved(ranked: RankedPlan, tookLock: boolean): void;
  approvedNow(slot: number): number;
  lockedNow(slot: number): boolean;
}

/** A plan that is the only one of its instant. */
export const NO_RIVALS: Rivals = {
  of: () => 'alone',
  approved() {},
  approvedNow: () => 0,
  lockedNow: () => false,
};

export function createRivals(ranked: readonly RankedPlan[]): Rivals {
  const approvals = new Map<number, number>();
  const locks = new Set<number>();
  return {
    of: ({ plan, slot }) => {
      if (ranked.some((other) => other.slot === slot && other.plan.direction !== plan.direction))
        return 'conflict';
      return (approvals.get(slot) ?? 0) > 0 ? 'outranked' : 'alone';
    },
    approved({ slot }, tookLock) {
      approvals.set(slot, (approvals.get(slot) ?? 0) + 1);
      if (tookLock) locks.add(slot);
    },
    approvedNow: (slot) => approvals.get(slot) ?? 0,
    lockedNow: (slot) => locks.has(slot),
  };
}
