import { netRewardRisk } from '../net-reward-risk.ts';
import type { PlanRule } from '../rule.ts';

/** (reward − costs) ÷ (risk + costs) from the decision close, at the actual quantity with actual charges. */
export const rewardRisk: PlanRule = {
  reads: 'plan',
  name: 'reward-risk',
  summary: 'Net reward:risk reaches the minimum',
  reason: 'REWARD_RISK',
  check: (proposal) => {
    const value = netRewardRisk(proposal);
    return { value, limit: proposal.minRewardRisk, pass: value >= proposal.minRewardRisk };
  },
};
