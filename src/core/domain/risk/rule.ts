import type { RuleCheck } from '../events/events.ts';
import type { Proposal } from './proposal.ts';
import type { RiskRule } from './settings.ts';

/** What a rule read, against what, and whether the plan may pass. */
export type Reading = Omit<RuleCheck, 'rule'>;

/** One rule of the risk guardian. `reason` is the code of a rejection by it. */
export type Rule = {
  readonly name: RiskRule;
  readonly summary: string;
  readonly reason: string | ((proposal: Proposal) => string);
  readonly check: (proposal: Proposal) => Reading;
};
