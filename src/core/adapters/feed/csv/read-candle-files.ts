import { stat } from 'node:fs/promises';
import { counted } from '../../../domain/counted.ts';
import { TradekitError } from '../../../domain/error.ts';
import type { Calendar } from '../../../domain/market/calendar.ts';
import { DAY_MS } from '../../../domain/market/civil.ts';
import { formatTimeframe } from '../../../domain/market/timeframe.ts';
import { sayUnknownDates } from '../../../domain/market/unknown-dates.ts';
import { formatLocal } from '../../../domain/market/zone.ts';
import type { FileReport, ReadOptions, ReadResult, SymbolReport } from '../../../ports/candle-files.ts';
import { checkAdjustments } from './adjust.ts';
import { fileReport } from './file-report.ts';
import { finishSymbol } from './finish-symbol.ts';
import { addOutside, createOutsideRows, createUnknownDate, type OutsideRows } from './outside-rows.ts';
import { placeFile, type SortedFile, type SymbolPart, sortFile } from './prepare-file.ts';
import type { ReadContext } from './read-context.ts';
import { readFile } from './read-file.ts';
import { refusal } from './refuse.ts';
import { refuseDirt } from './strict.ts';
import { turn } from './turn.ts';
import { checkZone } from './zone-of-stamps.ts';

/**
 * Reads candles from files of delimited text into columns, one per symbol, sorted by symbol (code units).
 *
 * Header names in any order and case, or `columns`; gzip told by its content; stamps with offset, epoch, or wall-clock
 * in `zone` (else the market's). Rows are sorted and exact duplicates dropped; candles outside sessions are dropped;
 * all of it is counted in the report. Daily candles span the session of their date. The order of paths changes nothing.
 *
 * @throws TradekitError DATA with file and line for what is no candle; CONFIG for an option that fits nothing;
 *   the signal's reason once it is aborted
 */
export async function readCandleFiles(
  paths: readonly string[],
  options: ReadOptions,
  calendar: Calendar,
): Promise<ReadResult> {
  if (paths.length === 0)
    throw new TradekitError('DATA', 'No file of candles was named.', { hint: 'tradekit backtest data.csv' });
  if (options.zone !== undefined) checkZone(options.zone);
  checkAdjustments(options.adjust ?? []);
  const files = await readAll([...paths].sort(), options, calendar);
  const timeframe = baseTimeframe(files, options);
  const sessions = calendar.sessions(...stampRange(files));
  const steps = new Set(files.flatMap(({ step }) => step ?? []));
  const context: ReadContext = { options, calendar, sessions, timeframe, steps };
  const outside = new Map<string, OutsideRows>();
  const fileReports: FileReport[] = [];
  for (const file of files) {
    fileReports.push(placeAndReport(file, context, outside));
    await turn(options.signal);
  }
  refuseAllOutside(files, [...outside.values()], context);
  const finished = [];
  for (const [symbol, parts] of partsBySymbol(files)) {
    finished.push(await finishSymbol(symbol, parts, outside.get(symbol) ?? createOutsideRows(), context));
    await turn(options.signal);
  }
  const symbols: readonly SymbolReport[] = finished.map(({ report }) => report);
  refuseEmptyRange(symbols, context);
  if (options.strict === true) refuseDirt(fileReports, symbols);
  const met = new Set(symbols.flatMap(({ adjustments }) => adjustments));
  return {
    columns: finished.map(({ columns }) => columns).filter(({ length }) => length > 0),
    baseTimeframeMs: timeframe,
    report: {
      files: fileReports,
      symbols,
      timeframeFrom: options.timeframe === undefined ? 'commonest step' : 'flag',
      unusedAdjustments: (options.adjust ?? []).filter((adjustment) => !met.has(adjustment)),
    },
  };
}

async function readAll(
  paths: readonly string[],
  options: ReadOptions,
  calendar: Calendar,
): Promise<readonly SortedFile[]> {
  const sizes = await Promise.all(paths.map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const files: SortedFile[] = [];
  let before = 0;
  for (const [index, path] of paths.entries()) {
    const base = before;
    const raw = await readFile(path, options, (taken) => options.onProgress?.(base + taken, total));
    files.push(await sortFile(raw, options, calendar));
    before += sizes[index] ?? 0;
  }
  return files;
}

/** Size for the progress only: what cannot be read is refused when its turn comes. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function baseTimeframe(files: readonly SortedFile[], options: ReadOptions): number {
  const found = files.flatMap(({ raw, step }) => (step === undefined ? [] : [{ path: raw.path, step }]));
  const [first] = found;
  const timeframe = options.timeframe ?? first?.step;
  if (timeframe === undefined) {
    throw refusal(
      files[0]?.raw.path ?? '',
      undefined,
      'a single candle does not tell its timeframe.',
      'Say how long it lasts with --timeframe.',
    );
  }
  const other = found.find(({ step }) => step !== timeframe);
  if (options.timeframe === undefined && first !== undefined && other !== undefined) {
    const sentence = `candles are mostly ${formatTimeframe(other.step)} apart, but ${formatTimeframe(first.step)} in ${first.path}.`;
    throw refusal(other.path, undefined, sentence, 'One run has one base timeframe: read them apart.');
  }
  if (timeframe > DAY_MS) {
    const sentence = `candles are mostly ${formatTimeframe(timeframe)} apart; the longest that can be read is 1d.`;
    throw refusal(
      first?.path ?? '',
      undefined,
      sentence,
      'A candle lies within one session: bring daily or shorter candles.',
    );
  }
  return timeframe;
}

/** All stamps and a week around them: wall-clock stamps are not instants yet. */
function stampRange(files: readonly SortedFile[]): [fromAt: number, toAt: number] {
  const parts = files.flatMap((file) => file.parts);
  const first = Math.min(...parts.map(({ rows }) => rows.at[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...parts.map(({ rows }) => rows.at[rows.length - 1] ?? Number.NEGATIVE_INFINITY));
  return [first - 7 * DAY_MS, last + 7 * DAY_MS];
}

function placeAndReport(
  file: SortedFile,
  context: ReadContext,
  outside: Map<string, OutsideRows>,
): FileReport {
  const isUnknown = createUnknownDate(context.calendar);
  const ofFile = createOutsideRows();
  const reading = placeFile(file, context, (part, example) => {
    const ofSymbol = outside.get(part.symbol) ?? createOutsideRows();
    outside.set(part.symbol, ofSymbol);
    for (const rows of [ofFile, ofSymbol]) addOutside(rows, example, isUnknown(example.openAt));
  });
  return fileReport(file, reading, ofFile, context);
}

function refuseAllOutside(
  files: readonly SortedFile[],
  outside: readonly OutsideRows[],
  { calendar }: ReadContext,
): void {
  if (files.some(({ parts }) => parts.some(({ rows }) => rows.length > 0))) return;
  const [file] = files;
  refuseUnknown(files, outside, calendar);
  throw refusal(
    file?.raw.path ?? '',
    undefined,
    `holds ${counted(file?.raw.rows ?? 0, 'candle')} and none in a session of the market (zone ${calendar.zone}; stamps read in ${file?.zone.zone}).`,
    'Are --market and --zone right?',
  );
}

/** Where most rows are of dates that the calendar does not know, neither market nor zone need be wrong. */
function refuseUnknown(
  [file]: readonly SortedFile[],
  outside: readonly OutsideRows[],
  calendar: Calendar,
): void {
  const unknown = outside.reduce((sum, { onUnknownDates }) => sum + onUnknownDates, 0);
  if (2 * unknown <= outside.reduce((sum, { count }) => sum + count, 0)) return;
  const firstAt = Math.min(...outside.map((rows) => rows.firstAt));
  const lastAt = Math.max(...outside.map((rows) => rows.lastAt));
  throw refusal(
    file?.raw.path ?? '',
    undefined,
    `holds ${counted(file?.raw.rows ?? 0, 'candle')} and none in a session. ${sayUnknownDates(calendar.unknownDates(firstAt, lastAt), calendar)}`,
    'Take candles of dates that it knows, or name a market file of your own that knows these: --market market.json',
  );
}

function refuseEmptyRange(symbols: readonly SymbolReport[], { calendar, options }: ReadContext): void {
  if (symbols.some(({ candles }) => candles > 0)) return;
  const range = [bound('--from', options.from), bound('--to', options.to)].flat().join(' and ');
  function bound(flag: string, at: number | undefined): readonly string[] {
    return at === undefined ? [] : [`${flag} "${formatLocal(calendar.zone, at)}"`];
  }
  const spans = symbols.map(
    ({ symbol, span }) => `${symbol} ${span.map((at) => formatLocal(calendar.zone, at)).join(' … ')}`,
  );
  const unknown = [...new Set(symbols.flatMap((of) => of.unknownDates))].sort();
  const sentence = unknown.length === 0 ? '' : ` ${sayUnknownDates(unknown, calendar)}`;
  throw new TradekitError('DATA', `No candle lies in a session within ${range}.${sentence}`, {
    hint: `The files hold ${spans.slice(0, 5).join('; ')}.`,
  });
}

/** By symbol, code units. */
function partsBySymbol(files: readonly SortedFile[]): readonly (readonly [string, readonly SymbolPart[]])[] {
  const bySymbol = new Map<string, SymbolPart[]>();
  for (const part of files.flatMap((file) => file.parts)) {
    bySymbol.set(part.symbol, [...(bySymbol.get(part.symbol) ?? []), part]);
  }
  return [...bySymbol]
    .filter(([, parts]) => parts.some(({ rows }) => rows.length > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
