import { basename } from 'node:path';
import type { TradekitError } from '../../../domain/error.ts';
import type { ReadOptions } from '../../../ports/candle-files.ts';
import { BYTE } from './bytes.ts';
import { type CandleRows, createCandleRows } from './candle-rows.ts';
import { refuseForeign } from './foreign.ts';
import { findLayout, type Layout } from './layout.ts';
import { type BlockGuards, type LineBlock, lineBlocks } from './line-blocks.ts';
import { type ByteSource, openSource } from './open-source.ts';
import { listed, quoted, refusal } from './refuse.ts';
import { createRowParser, type RowParser, type RowTarget } from './row-parser.ts';
import { takeSample } from './sample.ts';
import { createStampReader, type StampReader } from './stamp-reader.ts';
import { createSymbolCells } from './symbol-cells.ts';
import { turn } from './turn.ts';
import { hasQuotes, unquote } from './unquote.ts';

/** One file as it stands: rows by symbol, in the file's order, stamps not yet placed in a zone or a session. */
export type RawFile = {
  readonly path: string;
  readonly bytes: number;
  readonly gzip: boolean;
  readonly delimiter: string;
  readonly layout: Layout;
  readonly rows: number;
  readonly otherSymbols: number;
  readonly symbols: ReadonlyMap<string, CandleRows>;
  /** Day before month was taken for granted: no row told. */
  readonly dayFirstGuessed: boolean;
};

/** Later lines may be shorter than the first ones; memory that is not written to costs nothing. */
const ROOM = 1.25;

type Dates = 'dmy' | 'mdy' | undefined;

/**
 * Reads one file of candles.
 *
 * Where the first rows do not tell day from month, day first is tried; a row that proves the other way round starts the
 * file over, and a file that never tells is refused (dates with hyphens are then day first).
 *
 * @throws TradekitError DATA with file and line
 */
export async function readFile(
  path: string,
  options: ReadOptions,
  onBytes: (taken: number) => void,
): Promise<RawFile> {
  const asked = options.dates;
  const first = await readOnce(path, options, asked, onBytes);
  if (first !== 'month first') return first;
  const second = await readOnce(path, options, 'mdy', onBytes);
  if (second === 'month first') throw new Error('Day and month were told and yet unknown.');
  return second;
}

async function readOnce(
  path: string,
  options: ReadOptions,
  dates: Dates,
  onBytes: (taken: number) => void,
): Promise<RawFile | 'month first'> {
  const source = await openSource(path);
  try {
    return await readSource(source, options, dates, onBytes);
  } finally {
    await source.close();
  }
}

async function readSource(
  source: ByteSource,
  options: ReadOptions,
  dates: Dates,
  onBytes: (taken: number) => void,
): Promise<RawFile | 'month first'> {
  const { path } = source;
  let reading: Reading | undefined;
  const guards: BlockGuards = {
    checkHead: (head) => refuseForeign(path, head),
    longLine: (linesBefore) => longLineRefusal(path, (reading?.parser.line ?? 0) + linesBefore + 1),
  };
  for await (const block of lineBlocks(source, guards)) {
    const isFirst = reading === undefined;
    reading ??= startReading(source, block, options, dates);
    try {
      parseBlock(reading, isFirst ? { ...block, from: reading.firstRowAt } : block, path);
    } catch (error) {
      if (provesMonthFirst(reading)) return 'month first';
      throw error;
    }
    onBytes(source.taken());
    await turn(options.signal);
  }
  if (reading === undefined) throw refusal(path, undefined, 'is empty.', 'Is it the right file?');
  refuseUnknownOrder(path, reading);
  return finish(source, reading, options);
}

function longLineRefusal(path: string, line: number): TradekitError {
  return refusal(path, line, 'the line is longer than 64 KiB.', 'No candle is: is this a CSV file?');
}

type Reading = {
  readonly delimiter: string;
  readonly layout: Layout;
  readonly stamps: StampReader;
  readonly parser: RowParser;
  readonly symbols: ReadonlyMap<string, CandleRows>;
  /** Symbols that `--symbol` did not ask for. */
  readonly others: ReadonlySet<string>;
  /** Where the first row begins in the first block. */
  readonly firstRowAt: number;
};

function startReading(source: ByteSource, block: LineBlock, options: ReadOptions, dates: Dates): Reading {
  const { path } = source;
  const { delimiter, sample, starts, lineBytes } = takeSample(path, block, options.delimiter);
  const layout = findLayout(sample, { columns: options.columns, dates });
  const firstRow = starts[layout.header === undefined ? 0 : 1] ?? { at: block.to, line: 1 };
  const stamps = createStampReader(layout.stamp, layout.clock?.hasOffset);
  const hasVolume = layout.positions.has('volume');
  const symbols = new Map<string, CandleRows>();
  const others = new Set<string>();
  const parser = createRowParser({ path, layout, stamps, into: target() }, firstRow.line);
  return { delimiter, layout, stamps, parser, symbols, others, firstRowAt: firstRow.at };

  function target(): RowTarget['into'] {
    if (layout.positions.has('symbol')) return { symbols: createSymbolCells(rowsOf) };
    const capacity = source.gzip ? 1 << 16 : Math.ceil((source.bytes / lineBytes) * ROOM) + 64;
    const rows = createCandleRows(hasVolume, capacity);
    symbols.set(options.symbol ?? symbolFromPath(path), rows);
    return { rows };
  }

  function rowsOf(symbol: string): CandleRows | undefined {
    if (options.symbol !== undefined && symbol !== options.symbol) {
      others.add(symbol);
      return undefined;
    }
    const rows = symbols.get(symbol) ?? createCandleRows(hasVolume);
    symbols.set(symbol, rows);
    return rows;
  }
}

function parseBlock({ parser, delimiter }: Reading, block: LineBlock, path: string): void {
  const code = delimiter.charCodeAt(0);
  if (hasQuotes(block)) parser.parse(unquote(block, code, path, parser.line + 1), BYTE.UNIT_SEPARATOR);
  else parser.parse(block, code);
}

/** Day first was only a guess, and this file has a second number above 12 and no first one. */
function provesMonthFirst({ layout, stamps }: Reading): boolean {
  return layout.stamp.orderUnknown && stamps.secondAbove12 && !stamps.firstAbove12;
}

/** 03/04/2015 throughout: nothing in the file tells March from April. With hyphens the day comes first. */
function refuseUnknownOrder(path: string, { layout, stamps }: Reading): void {
  if (!isGuess({ layout, stamps }) || !layout.stamp.label.includes('/')) return;
  throw refusal(
    path,
    undefined,
    'no date in it tells the day from the month: all numbers are 12 or less.',
    'Say which comes first: --dates dmy (day/month/year) or --dates mdy (month/day/year).',
  );
}

function isGuess({ layout, stamps }: Pick<Reading, 'layout' | 'stamps'>): boolean {
  return layout.stamp.orderUnknown && !stamps.firstAbove12;
}

function finish(source: ByteSource, reading: Reading, options: ReadOptions): RawFile {
  const { path, bytes, gzip } = source;
  const { delimiter, layout, parser, symbols, others } = reading;
  const kept = [...symbols.values()].reduce((sum, rows) => sum + rows.length, 0);
  if (kept === 0) {
    const sentence =
      others.size === 0
        ? 'holds no candle.'
        : `holds no candle of ${quoted(options.symbol ?? '')}. Symbols found: ${listed([...others])}.`;
    throw refusal(path, undefined, sentence);
  }
  const dayFirstGuessed = isGuess(reading);
  return {
    path,
    bytes,
    gzip,
    delimiter,
    layout,
    rows: parser.rows,
    otherSymbols: parser.rows - kept,
    symbols,
    dayFirstGuessed,
  };
}

/** `data/SPY.csv.gz` → `SPY`. */
export function symbolFromPath(path: string): string {
  return basename(path).replace(/(?:\.(?:csv|txt|tsv|gz))+$/i, '');
}
