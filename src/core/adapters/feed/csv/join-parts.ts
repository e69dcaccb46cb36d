import type { TradekitError } from '../../../domain/error.ts';
import { formatTimeframe } from '../../../domain/market/timeframe.ts';
import { formatLocal } from '../../../domain/market/zone.ts';
import type { RowExample } from '../../../ports/candle-files.ts';
import { type CandleRows, concat } from './candle-rows.ts';
import { conflictRefusal, type RowPlace } from './conflict.ts';
import { stepHint } from './longer-step.ts';
import { dropDuplicates, inOrder } from './order.ts';
import type { SymbolPart } from './prepare-file.ts';
import type { ReadContext } from './read-context.ts';
import { quoted, refusal } from './refuse.ts';

/**
 * One symbol's candles from all its files, by time, whatever the order of the files.
 *
 * @throws TradekitError DATA for two different candles of one time, and for candles closer than the timeframe: the
 *   second would open before the first is known
 */
export async function joinParts(
  symbol: string,
  parts: readonly SymbolPart[],
  context: ReadContext,
): Promise<{ readonly rows: CandleRows; readonly duplicates: number }> {
  const byTime = inOrderOfTime(parts);
  const rows = await inOrder(concat(byTime.map(({ rows }) => rows)), context.options.signal);
  const { dropped, conflict } = dropDuplicates(rows);
  if (conflict !== undefined) {
    const time = formatLocal(context.calendar.zone, rows.at[conflict[0]] ?? 0);
    const [first, second] = [placeOf(rows, conflict[0], byTime), placeOf(rows, conflict[1], byTime)];
    if (first.file === second.file) throw sharedRefusal(first.line, second, symbol, time, context);
    throw await conflictRefusal(first, second, symbol, time);
  }
  refuseOverlap(symbol, rows, byTime, context);
  return { rows, duplicates: dropped };
}

/** As they are joined: rows of one time stand in this order. */
function inOrderOfTime(parts: readonly SymbolPart[]): readonly SymbolPart[] {
  return parts
    .filter((part) => part.rows.length > 0)
    .sort((a, b) => (a.rows.at[0] ?? 0) - (b.rows.at[0] ?? 0) || (a.file.path < b.file.path ? -1 : 1));
}

/** File and line of a joined row. */
export function exampleOf(rows: CandleRows, place: number, parts: readonly SymbolPart[]): RowExample {
  const { file, line } = placeOf(rows, place, inOrderOfTime(parts));
  return { path: file.path, line, openAt: rows.at[place] ?? 0 };
}

/** The nth joined row of a time is the nth of that time in the files: several may have one line number. */
function placeOf(rows: CandleRows, place: number, byTime: readonly SymbolPart[]): RowPlace {
  const at = rows.at[place] ?? 0;
  let before = place - rows.at.indexOf(at);
  for (const { file, rows: own } of byTime) {
    for (let i = own.at.indexOf(at); i >= 0 && i < own.length && own.at[i] === at; i++) {
      if (before === 0) return { file, line: rows.line[place] ?? 0 };
      before--;
    }
  }
  throw new Error('A row without a file.');
}

/**
 * Rows of one file with one stamp were refused when it was sorted: these had two, which the timeframe made one candle.
 * Such are shorter candles whose stamps mark ends, and all those of a date where the timeframe is a day.
 */
function sharedRefusal(
  line: number,
  second: RowPlace,
  symbol: string,
  time: string,
  context: ReadContext,
): TradekitError {
  const sentence = `two candles of ${quoted(symbol)} lie within one of ${formatTimeframe(context.timeframe)} (${time}); the other is in line ${line}.`;
  return refusal(second.file.path, second.line, sentence, stepHint(context));
}

function refuseOverlap(
  symbol: string,
  rows: CandleRows,
  parts: readonly SymbolPart[],
  context: ReadContext,
): void {
  const { sessions, timeframe, calendar } = context;
  let next = 0;
  for (let i = 1; i < rows.length; i++) {
    const before = rows.at[i - 1] ?? 0;
    const at = rows.at[i] ?? 0;
    if (at - before >= timeframe) continue;
    while ((sessions[next]?.closeAt ?? Number.POSITIVE_INFINITY) <= before) next++;
    if (at >= (sessions[next]?.closeAt ?? 0)) continue;
    const { path, line } = exampleOf(rows, i, parts);
    throw refusal(
      path,
      line,
      `the candle of "${symbol}" at ${formatLocal(calendar.zone, at)} opens before the one before it, ${formatLocal(calendar.zone, before)}, is over (timeframe ${formatTimeframe(timeframe)}).`,
      stepHint(context),
    );
  }
}
