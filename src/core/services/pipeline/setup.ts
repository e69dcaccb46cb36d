import type { RiskSettings } from '../../domain/risk/settings.ts';
import type { Strategy } from '../../domain/rules/strategy.ts';
import type { FillSettings } from '../../domain/simulation/settings.ts';
import type { CostModel } from '../../domain/trading/costs.ts';
import type { FeedDescription } from '../../ports/feed.ts';

/** What every stage of one pipeline is made with: the same for all of them, whichever process they live in. */
export type PipelineSetup = Pick<FeedDescription, 'baseTimeframeMs' | 'instruments'> & {
  readonly strategies: readonly Strategy[];
  readonly risk: RiskSettings;
  readonly fills: FillSettings;
  readonly costs: CostModel;
  readonly minorDigits: number;
  readonly stopDistanceRule: boolean;
};
