import type { Calendar } from '../../../domain/market/calendar.ts';
import { DAY_MS, formatClock, formatDay } from '../../../domain/market/civil.ts';
import { formatTimeframe } from '../../../domain/market/timeframe.ts';
import { formatLocal } from '../../../domain/market/zone.ts';
import type { FileReport, ReadOptions, RowExample } from '../../../ports/candle-files.ts';
import type { CandleRows } from './candle-rows.ts';
import { conflictRefusal } from './conflict.ts';
import { refuseLongerStep } from './longer-step.ts';
import { countOutOfOrder, dropDuplicates, inOrder } from './order.ts';
import { placeDaily, placeIntraday } from './place.ts';
import type { ReadContext } from './read-context.ts';
import type { RawFile } from './read-file.ts';
import { refusal } from './refuse.ts';
import {
  addEvidence,
  isRoundTheClock,
  type ReadingEvidence,
  readingOf,
  weighStamps,
} from './stamp-reading.ts';
import { commonestStep, countSteps } from './timeframe-of.ts';
import { type StampZone, toInstants, zoneOfStamps } from './zone-of-stamps.ts';

/** One symbol of one file, by time and without repetitions. */
export type SymbolPart = {
  readonly file: RawFile;
  readonly symbol: string;
  readonly rows: CandleRows;
  readonly read: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
};

/** A file whose rows are by time; stamps stand as written. */
export type SortedFile = {
  readonly raw: RawFile;
  readonly zone: StampZone;
  /** Stamps are wall-clock times, not instants. */
  readonly isWall: boolean;
  readonly parts: readonly SymbolPart[];
  /** The commonest step between stamps, in ms. */
  readonly step: number | undefined;
};

/** Sorts, drops exact duplicates, finds the zone of the stamps. @throws TradekitError DATA for two different candles of one time */
export async function sortFile(raw: RawFile, options: ReadOptions, calendar: Calendar): Promise<SortedFile> {
  const zone = zoneOfStamps(raw.layout, options.zone, calendar.zone);
  const isWall = zone.zoneFrom !== 'epoch' && zone.zoneFrom !== 'offset';
  const steps = new Map<number, number>();
  const parts: SymbolPart[] = [];
  for (const [symbol, rows] of raw.symbols) {
    const part = await sortPart(raw, symbol, rows, options.signal);
    countSteps(part.rows, steps);
    parts.push(part);
  }
  return { raw, zone, isWall, parts, step: commonestStep(steps) };
}

async function sortPart(
  file: RawFile,
  symbol: string,
  rows: CandleRows,
  signal: AbortSignal | undefined,
): Promise<SymbolPart> {
  const read = rows.length;
  const outOfOrder = countOutOfOrder(rows);
  const sorted = await inOrder(rows, signal);
  const { dropped, conflict } = dropDuplicates(sorted);
  if (conflict !== undefined) {
    const [first, second] = conflict.map((place) => ({ file, line: sorted.line[place] ?? 0 }));
    if (first !== undefined && second !== undefined) {
      throw await conflictRefusal(first, second, symbol, writtenTime(sorted.at[conflict[0]] ?? 0));
    }
  }
  return { file, symbol, rows: sorted, read, duplicates: dropped, outOfOrder };
}

/**
 * Stamps become opening instants within sessions; what lies outside is dropped and told of.
 *
 * @throws TradekitError DATA for candles longer than the timeframe, and stamps that do not tell what they mark
 */
export function placeFile(
  file: SortedFile,
  context: ReadContext,
  onOutside: (part: SymbolPart, example: RowExample) => void,
): Pick<FileReport, 'stamps' | 'stampsFrom'> {
  const { sessions, timeframe, calendar } = context;
  const { path } = file.raw;
  const told = (part: SymbolPart) => (line: number, openAt: number) =>
    onOutside(part, { path, line, openAt });
  const isDaily = timeframe === DAY_MS;
  if (file.isWall && !isDaily) for (const { rows } of file.parts) toInstants(rows, file.zone.zone);
  for (const { symbol, rows } of file.parts) refuseLongerStep(path, symbol, rows, context);
  if (isDaily) {
    for (const part of file.parts) placeDaily(part.rows, sessions, calendar.zone, file.isWall, told(part));
    return { stamps: 'start', stampsFrom: 'date' };
  }
  const reading = stampReading(file, context);
  for (const part of file.parts) placeIntraday(part.rows, sessions, timeframe, reading.stamps, told(part));
  return reading;
}

function stampReading(file: SortedFile, context: ReadContext): Pick<FileReport, 'stamps' | 'stampsFrom'> {
  const { options, sessions, timeframe, calendar } = context;
  if (options.stamps !== undefined) return { stamps: options.stamps, stampsFrom: 'flag' };
  if (isRoundTheClock(sessions)) return { stamps: 'start', stampsFrom: 'default' };
  const none: ReadingEvidence = { fullDays: 0, fitStart: 0, fitEnd: 0 };
  if (isBeyond(file, context)) return { stamps: 'start', stampsFrom: 'default' };
  const evidence = file.parts.reduce(
    (sum, { rows }) => addEvidence(sum, weighStamps(rows, sessions, timeframe)),
    none,
  );
  const detected = readingOf(evidence);
  if (detected !== undefined) return { stamps: detected, stampsFrom: 'detected' };
  const { fullDays, fitStart, fitEnd } = evidence;
  const first = file.parts[0]?.rows.at[0] ?? 0;
  const open = sessions.find(({ closeAt }) => closeAt > first)?.openAt ?? first;
  throw refusal(
    file.raw.path,
    undefined,
    `its stamps do not tell whether they mark where a candle starts or where it ends: of ${fullDays} full sessions ${fitStart} fit starts and ${fitEnd} fit ends ` +
      `(zone ${file.zone.zone}, from ${file.zone.zoneFrom}; first stamp ${formatLocal(calendar.zone, first)}).`,
    `Say which: --stamps start (the session's first ${formatTimeframe(timeframe)} candle is stamped ${clockOf(calendar, open)}) ` +
      `or --stamps end (it is stamped ${clockOf(calendar, open + timeframe)}). Are --market and --zone right?`,
  );
}

/** No session of which the calendar knows lies in a file's time, and of some dates it knows nothing: no stamp could tell. */
function isBeyond({ parts }: SortedFile, { calendar, sessions }: ReadContext): boolean {
  const first = Math.min(...parts.map(({ rows }) => rows.at[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...parts.map(({ rows }) => rows.at[rows.length - 1] ?? Number.NEGATIVE_INFINITY));
  if (sessions.some(({ openAt, closeAt }) => closeAt >= first && openAt <= last)) return false;
  return calendar.unknownDates(first, last).length > 0;
}

function clockOf(calendar: Calendar, at: number): string {
  return formatLocal(calendar.zone, at).slice(11, 19);
}

function writtenTime(stamp: number): string {
  const day = Math.floor(stamp / DAY_MS);
  return `${formatDay(day)} ${formatClock(stamp - day * DAY_MS)}`;
}
