import { TradekitError } from '../../domain/error.ts';
import type { Market } from '../../domain/market/market.ts';
import { RandomShare } from '../../domain/market/random-share.ts';
import { createRandomTicks } from '../../domain/market/random-ticks.ts';
import type { Session } from '../../domain/market/session.ts';
import { sessionsFrom } from '../../domain/market/sessions-from.ts';
import { clearTickBatch, createTickBatch } from '../../domain/market/tick-batch.ts';
import { tradedInstrument } from '../../domain/market/traded-instrument.ts';
import { nearestNames } from '../../domain/nearest.ts';
import type { Feed, FeedInstrument } from '../../ports/feed.ts';
import type { FeedOptions } from './feed-options.ts';
import { createTickFeed } from './tick-feed.ts';
import { refuseAdjustments, tickTimeframe } from './tick-options.ts';
import type { TickSource } from './tick-source.ts';

/** Invented shares and what they cost on the first day; sorted by symbol, code units. None of them exists. */
const SHARES = [
  { symbol: 'BLUEMANGO', startPrice: 212.4 },
  { symbol: 'MOONTEA', startPrice: 86.35 },
  { symbol: 'PAPERKITE', startPrice: 540.1 },
  { symbol: 'TINDRUM', startPrice: 1284 },
  { symbol: 'ZEBRAJAM', startPrice: 2365 },
] as const;

/** The first session is that of this day or the next one the market opens on. */
const START_AT = Date.UTC(2015, 0, 1);
/** Minutes of the market made in one go. */
const BATCH_MINUTES = 10;
const MOST_TICKS = BATCH_MINUTES * 60 * SHARES.length;

/**
 * Ticks of five invented shares by chance from a seed, session by session of the market's calendar from 2015-01-01 (or
 * `from`), without end but that of the calendar (or `to`). The same seed, market and first day: the same ticks.
 */
export function openRandomFeed(seed: number, options: FeedOptions): Feed {
  const { market, read } = options;
  const fromAt = read.from ?? START_AT;
  const baseTimeframeMs = tickTimeframe(read);
  refuseAdjustments(read);
  const sessions = sessionsFrom(market.calendar, fromAt);
  const first = sessions.next().value;
  if (first === undefined) throw noSession(market);
  const shares = sharesOf(read.symbol).map((share) => ({
    ...share,
    instrument: instrumentOf(share, first, options),
  }));
  const ticks = createRandomTicks(
    shares.map(
      ({ startPrice, stream, instrument }) => new RandomShare({ seed, stream, startPrice, ...instrument }),
    ),
    from(first, sessions),
  );
  return createTickFeed({
    description: {
      source: `random:${seed}`,
      baseTimeframeMs,
      instruments: shares.map(({ instrument }) => instrument),
    },
    calendar: market.calendar,
    source: sourceOf(ticks),
    fromAt,
    ...(read.to === undefined ? {} : { toAt: read.to }),
  });
}

type Share = { readonly symbol: string; readonly startPrice: number; readonly stream: number };

function sharesOf(symbol: string | undefined): readonly Share[] {
  const all = SHARES.map((share, stream) => ({ ...share, stream }));
  if (symbol === undefined) return all;
  const chosen = all.filter((share) => share.symbol === symbol);
  if (chosen.length > 0) return chosen;
  const names = all.map((share) => share.symbol);
  const [near] = nearestNames(symbol, names);
  throw new TradekitError('CONFIG', `random: has no share "${symbol}".`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}It has ${names.join(', ')}.`,
  });
}

function instrumentOf({ symbol, startPrice }: Share, first: Session, options: FeedOptions): FeedInstrument {
  const hints = {
    symbol,
    firstAt: first.openAt,
    firstPrice: startPrice,
    priceDecimals: 2,
    hasVolume: true,
  };
  return { ...tradedInstrument(options.market, hints, options.tradeAs), hasVolume: true };
}

function sourceOf(ticks: ReturnType<typeof createRandomTicks>): TickSource {
  const batch = createTickBatch(MOST_TICKS);
  return {
    async next() {
      clearTickBatch(batch, MOST_TICKS);
      let minutes = 0;
      while (minutes < BATCH_MINUTES && ticks.addMinute(batch)) minutes += 1;
      return minutes === 0 ? undefined : batch;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function* from(first: Session, later: Iterator<Session, undefined>): Generator<Session, undefined> {
  yield first;
  for (let next = later.next().value; next !== undefined; next = later.next().value) yield next;
}

function noSession(market: Market): TradekitError {
  return new TradekitError('DATA', `The calendar of ${market.name} knows no session from then on.`, {
    hint: 'Take an earlier --from.',
  });
}
