import type { PlanRejected, RuleCheck, TradekitEvent } from '../events/events.ts';
import { type NearMiss, plain } from './near-miss.ts';

/** How one rule of the risk guardian bound. */
export type RuleCount = {
  readonly rule: string;
  /** Rejected plans that failed it, first or not. */
  readonly failed: number;
  /** Rejected plans that failed nothing else: without this rule they would have passed. */
  readonly alone: number;
};

/** Reads the checks of rejected plans, to say which rule bound and what came nearest to passing. */
export interface RuleTally {
  count(event: TradekitEvent): void;
  /** Most often failed first. */
  rules(): readonly RuleCount[];
  /** The rejection with the fewest failed rules and, among those, the smallest distance to the limit. */
  nearMiss(): NearMiss | null;
}

type Candidate = {
  readonly event: PlanRejected;
  readonly failed: readonly RuleCheck[];
  readonly distance: number;
};

export function createRuleTally(): RuleTally {
  const counts = new Map<string, { failed: number; alone: number }>();
  let nearest: Candidate | undefined;

  function tally(failed: readonly RuleCheck[]): void {
    for (const { rule } of failed) {
      const own = counts.get(rule) ?? { failed: 0, alone: 0 };
      own.failed += 1;
      if (failed.length === 1) own.alone += 1;
      counts.set(rule, own);
    }
  }

  return {
    count(event) {
      if (event.type !== 'PLAN_REJECTED') return;
      const failed = event.checks.filter(({ pass }) => !pass);
      if (failed.length === 0) return;
      tally(failed);
      const candidate = { event, failed, distance: distanceOf(failed) };
      if (nearest === undefined || isNearer(candidate, nearest)) nearest = candidate;
    },
    rules: () =>
      [...counts]
        .map(([rule, own]) => ({ rule, ...own }))
        .sort((a, b) => b.failed - a.failed || (a.rule < b.rule ? -1 : 1)),
    nearMiss: () => (nearest === undefined ? null : describe(nearest)),
  };
}

function isNearer(a: Candidate, b: Candidate): boolean {
  if (a.failed.length !== b.failed.length) return a.failed.length < b.failed.length;
  return a.distance < b.distance;
}

/** The largest shortfall relative to its limit; Infinity where a rule reads no numbers. */
function distanceOf(failed: readonly RuleCheck[]): number {
  const distances = failed.map(({ value, limit }) => {
    if (typeof value !== 'number' || typeof limit !== 'number') return Number.POSITIVE_INFINITY;
    return Math.abs(value - limit) / Math.max(Math.abs(limit), Number.EPSILON);
  });
  return Math.max(...distances);
}

function describe({ event, failed }: Candidate): NearMiss {
  const values: Record<string, number> = {};
  for (const { rule, value, limit } of failed) {
    if (typeof value === 'number') values[rule] = value;
    if (typeof limit === 'number') values[`${rule} limit`] = limit;
  }
  const text = failed
    .map(({ rule, value, limit }) => `${rule} ${shown(value)}, limit ${shown(limit)}`)
    .join('; ');
  return { symbol: event.symbol, strategy: event.strategy, at: event.at, text, values };
}

function shown(reading: number | string): string {
  return typeof reading === 'number' ? plain(reading) : reading;
}
