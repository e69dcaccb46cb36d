import { systemClock } from '../../core/adapters/clock/system.ts';
import { openFeed } from '../../core/adapters/feed/open.ts';
import type { Settings } from '../../core/config/settings.ts';
import { parseFeedSpec } from '../../core/domain/feed-spec.ts';
import type { ReadOptions } from '../../core/ports/candle-files.ts';
import type { Feed, FeedDescription } from '../../core/ports/feed.ts';
import type { Gate } from '../../core/services/gate.ts';
import { createPacedFeed, MARKET_SECONDS } from '../../core/services/paced-feed.ts';
import { type Choice, choiceOf, feedOf } from '../choice.ts';
import { defined } from '../defined.ts';
import { feedOptionsOf, type History, historyOfFeed, inputOf, readOptionsOf } from '../history.ts';

/** A feed with what the user chose to trade it with. */
export type Traded = {
  readonly choice: Choice;
  readonly history: History;
  readonly feed: FeedDescription;
  /** As a reader would say it. */
  readonly source: string;
  /** From the first instant each time. */
  readonly openFeed: () => Promise<Feed>;
};

/** @throws the signal's reason where it aborts while files of candles are read */
export async function openTraded(settings: Settings, signal?: AbortSignal): Promise<Traded> {
  const choice = choiceOf(settings);
  const { spec, source } = feedOf(settings);
  const options = feedOptionsOf(settings, choice.market);
  if (spec.startsWith('csv:')) {
    const { files } = parseFeedSpec(spec) as { readonly files: readonly string[] }; // csv: has files
    const history = await openHistory(files, choice, defined({ signal }));
    const { createCsvFeed } = await import('../../core/adapters/feed/csv-feed.ts');
    const openFeed = async () => createCsvFeed(files, history.read, options);
    return { choice, history, feed: (await openFeed()).description, source, openFeed };
  }
  const feed = await openFeed(spec, options);
  const { description } = feed;
  await feed[Symbol.asyncDispose]();
  const history = historyOfFeed(choice, description);
  return { choice, history, feed: description, source, openFeed: () => openFeed(spec, options) };
}

/** Files of candles, read whole. @throws the signal's reason once it is aborted */
export async function openHistory(
  files: readonly string[],
  choice: Choice,
  { onProgress, signal }: Pick<ReadOptions, 'onProgress' | 'signal'>,
): Promise<History> {
  const { settings, market, strategiesFile, strategies } = choice;
  const options = { ...readOptionsOf(settings, market.calendar.zone), ...defined({ onProgress, signal }) };
  const { readCandleFiles } = await import('../../core/adapters/feed/csv/read-candle-files.ts');
  const read = await readCandleFiles(files, options, market.calendar);
  return { settings, market, read, strategiesFile, input: inputOf(settings, market, read, strategies) };
}

/** At the speed that was chosen, but for the instants that have been seen before. */
export function paced(feed: Feed, { replay }: Settings, free: number, gate?: Gate): Feed {
  return createPacedFeed(feed, { clock: systemClock, speed: replay.speed ?? MARKET_SECONDS, free, gate });
}
