import type { CandleColumns } from '../../../domain/market/candle.ts';
import type { ReadOptions, RowExample, SymbolReport } from '../../../ports/candle-files.ts';
import { applyAdjustments, findJumps } from './adjust.ts';
import { type CandleRows, keepOnly } from './candle-rows.ts';
import { dataHash } from './data-hash.ts';
import { exampleOf, joinParts } from './join-parts.ts';
import { MOST_EXAMPLES, type OutsideRows } from './outside-rows.ts';
import type { SymbolPart } from './prepare-file.ts';
import type { ReadContext } from './read-context.ts';
import { type SessionRun, sessionRuns } from './session-runs.ts';

type FinishedSymbol = {
  readonly columns: CandleColumns;
  readonly report: SymbolReport;
};

/** Joins one symbol's parts, cuts them to the range, adjusts, and counts what a trader wants to know. */
export async function finishSymbol(
  symbol: string,
  parts: readonly SymbolPart[],
  outside: OutsideRows,
  context: ReadContext,
): Promise<FinishedSymbol> {
  const { options, calendar, sessions, timeframe } = context;
  const { rows, duplicates } = await joinParts(symbol, parts, context);
  const span = spanOf(rows, outside);
  const outsideRange = cutToRange(rows, options);
  const runs = sessionRuns(rows, sessions);
  const adjustments = (options.adjust ?? []).filter((adjustment) => adjustment.symbol === symbol);
  const inconsistent = findInconsistent(rows, parts);
  const jumps = findJumps(rows, runs, adjustments);
  const applied = applyAdjustments(rows, runs, adjustments);
  const columns = columnsOf(symbol, rows);
  const report: SymbolReport = {
    symbol,
    rows: sum(parts, (part) => part.read),
    duplicates: sum(parts, (part) => part.duplicates) + duplicates,
    outOfOrder: sum(parts, (part) => part.outOfOrder),
    outsideSessions: outside.count,
    outsideExamples: outside.examples,
    outsideRange,
    span,
    candles: rows.length,
    firstAt: rows.length > 0 ? (rows.at[0] ?? 0) : undefined,
    lastAt: rows.length > 0 ? (rows.at[rows.length - 1] ?? 0) : undefined,
    sessions: runs.filter(({ from, to }) => to > from).length,
    missingCandles: sum(runs, (run) => missingIn(run, timeframe, options)),
    daysWithoutData: runs.filter(({ from, to }) => to === from).map(({ session }) => session.date),
    unknownDates: calendar.unknownDates(...withinRange(span, options)),
    jumps,
    adjustments: applied,
    ...inconsistent,
    hasVolume: columns.volume !== undefined,
    volumeMissing: columns.volume?.reduce((count, volume) => count + (Number.isNaN(volume) ? 1 : 0), 0) ?? 0,
    priceDecimals: columns.priceDecimals,
    dataHash: dataHash(columns),
  };
  return { columns, report };
}

/** From the first row to the last, whether a session holds them or not. */
function spanOf({ at, length }: CandleRows, { firstAt, lastAt }: OutsideRows): SymbolReport['span'] {
  return [Math.min(at[0] ?? firstAt, firstAt), Math.max(at[length - 1] ?? lastAt, lastAt)];
}

function withinRange([firstAt, lastAt]: SymbolReport['span'], { from, to }: ReadOptions) {
  return [
    Math.max(firstAt, from ?? firstAt),
    Math.min(lastAt, (to ?? Number.POSITIVE_INFINITY) - 1),
  ] as const;
}

/** Keeps from ≤ openAt < to; returns how many candles were left out. */
function cutToRange(rows: CandleRows, { from, to }: ReadOptions): number {
  if (from === undefined && to === undefined) return 0;
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const at = rows.at[i] ?? 0;
    if (at >= (from ?? Number.NEGATIVE_INFINITY) && at < (to ?? Number.POSITIVE_INFINITY)) kept[count++] = i;
  }
  const cut = rows.length - count;
  keepOnly(rows, kept, count);
  return cut;
}

/** Base candles that a session with data lacks, within the range asked for. */
function missingIn({ session, from, to }: SessionRun, timeframe: number, range: ReadOptions): number {
  if (to === from) return 0;
  const openAt = Math.max(session.openAt, range.from ?? session.openAt);
  const closeAt = Math.min(session.closeAt, range.to ?? session.closeAt);
  return Math.max(0, Math.ceil((closeAt - openAt) / timeframe) - (to - from));
}

/** Open or close beyond the candle's own high or low: rounding at the source, mostly. Kept as it is. */
function findInconsistent(
  rows: CandleRows,
  parts: readonly SymbolPart[],
): Pick<SymbolReport, 'inconsistent' | 'inconsistentExamples'> {
  const { open, high, low, close } = rows;
  const examples: RowExample[] = [];
  let inconsistent = 0;
  for (let i = 0; i < rows.length; i++) {
    const top = high[i] ?? 0;
    const bottom = low[i] ?? 0;
    const first = open[i] ?? 0;
    const last = close[i] ?? 0;
    if (first <= top && first >= bottom && last <= top && last >= bottom) continue;
    inconsistent++;
    if (examples.length < MOST_EXAMPLES) examples.push(exampleOf(rows, i, parts));
  }
  return { inconsistent, inconsistentExamples: examples };
}

function columnsOf(symbol: string, rows: CandleRows): CandleColumns {
  const { length, priceDecimals } = rows;
  return {
    symbol,
    length,
    openAt: rows.at.subarray(0, length),
    open: rows.open.subarray(0, length),
    high: rows.high.subarray(0, length),
    low: rows.low.subarray(0, length),
    close: rows.close.subarray(0, length),
    volume: rows.volume?.subarray(0, length),
    priceDecimals,
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
