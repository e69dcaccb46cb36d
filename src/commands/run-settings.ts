import type { FeedDescription } from '../core/ports/feed.ts';
import type { RunSettings } from '../core/views/dashboard/fold/settings.ts';
import type { Choice } from './choice.ts';

/** What the dashboard wants to know of a run that trades by this choice. */
export function runSettingsOf(id: string, feed: FeedDescription, choice: Choice): RunSettings {
  const { settings, market, strategies } = choice;
  return {
    id,
    source: feed.source,
    baseTimeframeMs: feed.baseTimeframeMs,
    instruments: feed.instruments,
    zone: market.calendar.zone,
    money: { currency: market.currency, minorDigits: market.minorDigits },
    risk: settings.risk,
    strategies,
    doubts: [],
  };
}
