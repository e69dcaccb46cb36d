import type { FeedDescription } from '../core/ports/feed.ts';
import type { PipelineSetup } from '../core/services/pipeline/setup.ts';
import type { Choice } from './choice.ts';

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
