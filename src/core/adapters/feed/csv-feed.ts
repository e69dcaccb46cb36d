import type { Market } from '../../domain/market/market.ts';
import { hintsOf, tradedInstrument } from '../../domain/market/traded-instrument.ts';
import { createReplay } from '../../domain/replay.ts';
import type { ReadReport, ReadResult } from '../../ports/candle-files.ts';
import type { Feed, FeedHealth } from '../../ports/feed.ts';
import { readCandleFiles } from './csv/read-candle-files.ts';
import type { FeedOptions } from './feed-options.ts';
import { newestOf } from './newest.ts';

/**
 * Files of candles, read whole before the first instant; handed out by the replay itself, so that nothing is made for a
 * candle.
 *
 * @throws TradekitError DATA and CONFIG as `readCandleFiles` does
 */
export async function openCsvFeed(files: readonly string[], options: FeedOptions): Promise<Feed> {
  const read = await readCandleFiles(files, options.read, options.market.calendar);
  return createCsvFeed(files, read, options);
}

/** The feed over files that were read before: as often as one likes, from the first instant each time. */
export function createCsvFeed(
  files: readonly string[],
  { columns, baseTimeframeMs, report }: ReadResult,
  { market, tradeAs }: Pick<FeedOptions, 'market' | 'tradeAs'>,
): Feed {
  const replay = createReplay({
    columns,
    baseTimeframeMs,
    sessions: sessionsOf(market, columns, baseTimeframeMs),
  });
  const counts = countsOf(report);
  return {
    description: {
      source: `csv:${files.join(',')}`,
      baseTimeframeMs,
      instruments: columns.map((of) => ({
        ...tradedInstrument(market, hintsOf(of), tradeAs),
        hasVolume: of.volume !== undefined,
      })),
    },
    get nextAt() {
      return replay.nextAt;
    },
    ready: async (signal) => !signal.aborted && replay.nextAt !== Number.POSITIVE_INFINITY,
    run: (sink, maxInstants) => replay.run(sink, maxInstants),
    ticks: () => [],
    health: () => ({ ...counts, taken: replay.candlesDone, ...newestOf(replay.newestAt()) }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function sessionsOf({ calendar }: Market, columns: ReadResult['columns'], baseTimeframeMs: number) {
  const firstAt = Math.min(...columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY));
  const lastAt = Math.max(...columns.map(({ openAt, length }) => openAt[length - 1] ?? 0));
  return calendar.sessions(firstAt, lastAt + baseTimeframeMs);
}

/** Files are read before they are replayed: what was dropped is known from the start. */
function countsOf({ symbols }: ReadReport): Omit<FeedHealth, 'taken' | 'newestAt' | 'newestAtOf'> {
  const sum = (count: (of: ReadReport['symbols'][number]) => number): number =>
    symbols.reduce((total, of) => total + count(of), 0);
  return {
    late: 0,
    refused: 0,
    outside: sum(({ outsideSessions, outsideRange }) => outsideSessions + outsideRange),
    repeated: sum(({ duplicates }) => duplicates),
    gaps: sum(({ missingCandles }) => missingCandles),
    reconnects: 0,
  };
}
