import type { Settings } from '../core/config/settings.ts';
import type { Market } from '../core/domain/market/market.ts';
import type { Strategy } from '../core/domain/rules/strategy.ts';
import type { FeedDescription } from '../core/ports/feed.ts';
import type { PipelineSetup } from '../core/services/pipeline/setup.ts';

/** What the user chose, and the market and the rules it names. */
export type Choice = {
  readonly settings: Settings;
  readonly market: Market;
  /** As the user would write it, or that the shipped ones were used. */
  readonly strategiesFile: string;
  readonly strategies: readonly Strategy[];
};

/** What the stages of a pipeline are made with: the user's choice, and what the feed says of itself. */
export function setupOf(
  { settings, market, strategies }: Pick<Choice, 'settings' | 'market' | 'strategies'>,
  { instruments, baseTimeframeMs }: FeedDescription,
): PipelineSetup {
  return {
    instruments,
    baseTimeframeMs,
    strategies,
    risk: settings.risk,
    fills: settings.fills,
    costs: market.costs,
    minorDigits: market.minorDigits,
    stopDistanceRule: settings.structure.widenStops,
  };
}
