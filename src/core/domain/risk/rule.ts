import type { RuleCheck } from '../events/events.ts';
import type { Gate, Proposal } from './proposal.ts';
import type { RiskRule } from './settings.ts';

/** What a rule read, against what, and whether the plan may pass. */
export type Reading = Omit<RuleCheck, 'rule'>;

type Named = { readonly name: RiskRule; readonly summary: string };

/** A rule that reads symbol, clock and account, not the plan: what fails it fails with any plan of the instant. */
export type GateRule = Named & {
  readonly reads: 'gate';
  /** Whether it lets plans through at some times and not at others. */
  readonly readsClock?: true;
  readonly reason: string;
  /** Apart from the reading, which is made only for a record: this is asked of every signal. */
  readonly passes: (gate: Gate) => boolean;
  readonly read: (gate: Gate) => Pick<Reading, 'value' | 'limit'>;
};

export type PlanRule = Named & {
  readonly reads: 'plan';
  readonly reason: string | ((proposal: Proposal) => string);
  readonly check: (proposal: Proposal) => Reading;
};

/** One rule of the risk guardian. `reason` is the code of a rejection by it. */
export type Rule = GateRule | PlanRule;
