import { parseFeedSpec } from '../../domain/feed-spec.ts';
import type { Feed } from '../../ports/feed.ts';
import type { FeedOptions } from './feed-options.ts';

/**
 * Opens the feed that a text names: `csv:FILE[,FILE…]`, `ticks:FILE` or `random:SEED`. Its adapter is imported only now.
 *
 * @throws TradekitError CONFIG where the text names no feed, DATA where its source says what cannot be
 */
export async function openFeed(text: string, options: FeedOptions): Promise<Feed> {
  const spec = parseFeedSpec(text);
  if (spec.kind === 'csv') return (await import('./csv-feed.ts')).openCsvFeed(spec.files, options);
  if (spec.kind === 'ticks') return (await import('./ticks-feed.ts')).openTicksFeed(spec.file, options);
  return (await import('./random-feed.ts')).openRandomFeed(spec.seed, options);
}
