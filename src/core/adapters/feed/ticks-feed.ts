import { counted } from '../../domain/counted.ts';
import type { TradekitError } from '../../domain/error.ts';
import type { Calendar } from '../../domain/market/calendar.ts';
import { tradedInstrument } from '../../domain/market/traded-instrument.ts';
import { sayUnknownDates } from '../../domain/market/unknown-dates.ts';
import type { Feed, FeedHealth } from '../../ports/feed.ts';
import { symbolFromPath } from './csv/read-file.ts';
import { refusal } from './csv/refuse.ts';
import { checkZone } from './csv/zone-of-stamps.ts';
import type { FeedOptions } from './feed-options.ts';
import { createTickFeed, type TickFeedOptions } from './tick-feed.ts';
import { refuseAdjustments, tickTimeframe } from './tick-options.ts';
import { sampleTicks, type TickSample } from './ticks/sample-ticks.ts';
import { openTickFile } from './ticks/tick-file.ts';
import { NOT_ASKED_FOR } from './ticks/tick-parser.ts';

/** So few ticks out of place are no sign that the file is not by time. */
const FEW = 20;

/**
 * A file of trades, made into base candles while it is read. Its beginning is read twice: first for the symbols and the
 * decimals of their prices.
 *
 * @throws TradekitError DATA with file and line for what is no file of ticks, CONFIG for options that fit no ticks
 */
export async function openTicksFeed(path: string, { market, read, tradeAs }: FeedOptions): Promise<Feed> {
  const baseTimeframeMs = tickTimeframe(read);
  refuseAdjustments(read);
  if (read.zone !== undefined) checkZone(read.zone);
  const { zone } = market.calendar;
  const sample = await sampleTicks(path, read, zone);
  const instruments = sample.symbols.map((hints) => ({
    ...tradedInstrument(market, hints, tradeAs),
    hasVolume: hints.hasVolume,
  }));
  const slots = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));
  const file = await openTickFile(path, {
    read: { ...read, ...(sample.dates === undefined ? {} : { dates: sample.dates }) },
    marketZone: zone,
    slotOf: (cell) => slotOf(slots, cell ?? read.symbol ?? symbolFromPath(path), read.symbol),
    decimals: { most: instruments.map(({ decimals }) => decimals), seen: [] },
  });
  return createTickFeed({
    description: { source: `ticks:${path}`, baseTimeframeMs, instruments },
    calendar: market.calendar,
    source: file,
    ...rangeOf(read),
    inspect: (health, isAtEnd) => {
      refuseDisorder(path, health, isAtEnd);
      if (read.strict === true) refuseDirt(path, health);
      if (isAtEnd && health.taken === 0) throw nothingTaken(path, health, sample, market.calendar);
    },
  });
}

function rangeOf({ from, to }: FeedOptions['read']): Pick<TickFeedOptions, 'fromAt' | 'toAt'> {
  return { ...(from === undefined ? {} : { fromAt: from }), ...(to === undefined ? {} : { toAt: to }) };
}

function slotOf(slots: ReadonlyMap<string, number>, symbol: string, only: string | undefined): number {
  if (only !== undefined && symbol !== only) return NOT_ASKED_FOR;
  return slots.get(symbol) ?? -1;
}

/** Some ticks are reported late anywhere; where a tenth is, the file is by symbol, or newest first. */
function refuseDisorder(path: string, { late, taken }: FeedHealth, isAtEnd: boolean): void {
  if (late < (isAtEnd ? FEW : 10 * FEW) || late * 10 < late + taken) return;
  throw refusal(
    path,
    undefined,
    `is not in order of time: of its first ${late + taken} ticks ${late} belong to candles that had ended before.`,
    'Sort the rows by time, all symbols together.',
  );
}

function refuseDirt(path: string, { late, refused, outside }: FeedHealth): void {
  const dirt = [
    ...(late === 0 ? [] : [counted(late, 'tick that came late', 'ticks that came late')]),
    ...(refused === 0 ? [] : [counted(refused, 'tick that is no trade', 'ticks that are no trades')]),
    ...(outside === 0 ? [] : [`${counted(outside, 'tick')} outside sessions or the span asked for`]),
  ];
  if (dirt.length === 0) return;
  throw refusal(
    path,
    undefined,
    `--strict: ${dirt.join('; ')}.`,
    'Without --strict they are dropped and counted.',
  );
}

/** Where the ticks begin on a date that the calendar does not know, neither market nor zone need be wrong. */
function nothingTaken(
  path: string,
  { outside }: FeedHealth,
  { symbols, zone }: TickSample,
  calendar: Calendar,
): TradekitError {
  const firstAt = Math.min(...symbols.map((of) => of.firstAt));
  const unknown = calendar.unknownDates(firstAt, firstAt);
  if (unknown.length > 0)
    return refusal(
      path,
      undefined,
      `holds ${counted(outside, 'tick')} and none in a session. ${sayUnknownDates(unknown, calendar)}`,
      'Take ticks of dates that it knows, or name a market file of your own that knows these: --market market.json',
    );
  return refusal(
    path,
    undefined,
    `holds ${counted(outside, 'tick')} and none in a session of the market and the span asked for (zone ${calendar.zone}; stamps read in ${zone}).`,
    'Are --market, --zone, --from and --to right?',
  );
}
