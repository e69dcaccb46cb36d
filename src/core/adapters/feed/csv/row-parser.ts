import { BYTE, skipSpaces } from './bytes.ts';
import { type CandleRows, growTo } from './candle-rows.ts';
import { createDecimalReader, placesOf } from './decimal-reader.ts';
import type { Field } from './fields.ts';
import type { Layout } from './layout.ts';
import type { LineBlock } from './line-blocks.ts';
import { cellRefusal, cellText, priceRefusal, widthRefusal } from './row-refusals.ts';
import type { StampReader } from './stamp-reader.ts';
import type { SymbolCells } from './symbol-cells.ts';

const { CR, LF, SPACE } = BYTE;

export type RowTarget = {
  readonly path: string;
  readonly layout: Layout;
  readonly stamps: StampReader;
  /** Rows of the file's one symbol, or the symbols of its column. */
  readonly into: { readonly rows: CandleRows } | { readonly symbols: SymbolCells<CandleRows | undefined> };
};

export interface RowParser {
  /** Line of the last row read, from 1. */
  line: number;
  /** Rows read, those of other symbols included. */
  rows: number;
  /** Reads whole lines. */
  parse(block: LineBlock, delimiter: number): void;
}

/** What a column is read as; the numbers are also places in `values`. */
const ROLES: readonly (Field | undefined)[] = [
  undefined,
  'stamp',
  'clock',
  'symbol',
  'open',
  'high',
  'low',
  'close',
  'volume',
];
const [SKIP, STAMP, CLOCK, SYMBOL, OPEN, HIGH, LOW, CLOSE, VOLUME] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/**
 * Reads rows byte by byte into growable columns: no string, no split, no object per row.
 *
 * One state machine over a position in the block, cell by cell, and the hottest code of the feed, hence its length.
 *
 * @throws TradekitError DATA with file and line for a row that is no candle
 */
export function createRowParser(target: RowTarget, firstLine: number): RowParser {
  const { path, layout, stamps, into } = target;
  const roles = rolesOf(layout);
  const values = new Float64Array(ROLES.length).fill(Number.NaN);
  const decimal = createDecimalReader();
  const hasClock = layout.positions.has('clock');
  const parser: RowParser = { line: firstLine - 1, rows: 0, parse };
  let bytes: Uint8Array = new Uint8Array(0);
  let p = 0;
  let delimiter = 0;
  let rows: CandleRows | undefined = 'rows' in into ? into.rows : undefined;
  let places = 0;
  return parser;

  function parse(block: LineBlock, separator: number): void {
    bytes = block.bytes;
    p = block.from;
    delimiter = separator;
    while (p < block.to) {
      parser.line++;
      if (!passBlankLine()) {
        readRow();
        keepRow();
      }
    }
  }

  function readRow(): void {
    places = 0;
    for (let column = 0; column < roles.length; column++) {
      if (bytes[p] === SPACE) p = skipSpaces(bytes, p);
      readCell(roles[column] ?? SKIP);
      const byte = bytes[p];
      if (byte === delimiter) p++;
      else if (column < roles.length - 1)
        throw widthRefusal({ path, line: parser.line }, column + 1, layout.width);
    }
    passRest();
  }

  function readCell(role: number): void {
    const from = p;
    switch (role) {
      case SKIP:
        passCell();
        return;
      case STAMP:
        values[STAMP] = stamps.readStamp(bytes, p, delimiter);
        p = stamps.end;
        break;
      case CLOCK:
        values[CLOCK] = stamps.readClock(bytes, p);
        p = stamps.end;
        break;
      case SYMBOL:
        passCell();
        if (p > from && 'symbols' in into) rows = into.symbols.keptOf(bytes, from, p);
        values[SYMBOL] = p > from ? 0 : Number.NaN;
        break;
      default:
        readNumber(role);
    }
    if (bytes[p] === SPACE && delimiter !== SPACE) p = skipSpaces(bytes, p);
    const value = values[role] ?? Number.NaN;
    if (!atCellEnd() || (Number.isNaN(value) && !(role === VOLUME && p === from))) throw badCell(role, from);
  }

  function readNumber(role: number): void {
    p = decimal.read(bytes, p, values, role);
    if (role !== VOLUME && decimal.places > places) places = decimal.places;
  }

  /** Passes over what stands behind the last needed column; filled cells beyond the columns mean another shape. */
  function passRest(): void {
    let cells = roles.length;
    let filled = 0;
    while (!atLineEnd()) {
      const from = p;
      passCell();
      cells++;
      if (p > from) filled = cells;
      if (bytes[p] === delimiter) p++;
    }
    if (filled > layout.width) throw widthRefusal({ path, line: parser.line }, filled, layout.width);
    p += bytes[p] === CR ? 2 : 1;
  }

  function keepRow(): void {
    parser.rows++;
    const open = values[OPEN] ?? 0;
    const high = values[HIGH] ?? 0;
    const low = values[LOW] ?? 0;
    const close = values[CLOSE] ?? 0;
    const volume = values[VOLUME] ?? Number.NaN;
    if (!(low > 0 && high >= low && open > 0 && close > 0) || volume < 0) {
      throw priceRefusal({ path, line: parser.line }, { open, high, low, close }, volume);
    }
    if (rows === undefined) return;
    const n = rows.length;
    if (n === rows.at.length) growTo(rows, n * 2);
    rows.at[n] = (values[STAMP] ?? 0) + (hasClock ? (values[CLOCK] ?? 0) : 0);
    rows.open[n] = open;
    rows.high[n] = high;
    rows.low[n] = low;
    rows.close[n] = close;
    if (rows.volume !== undefined) rows.volume[n] = volume;
    rows.line[n] = parser.line;
    if (places > rows.priceDecimals) {
      rows.priceDecimals = Math.max(
        ...[open, high, low, close].map((price) => placesOf(price, rows?.priceDecimals)),
      );
    }
    rows.length = n + 1;
  }

  /** Lines of nothing, or of delimiters only, as spreadsheets leave them at the end. */
  function passBlankLine(): boolean {
    let q = p;
    while (bytes[q] === delimiter || bytes[q] === SPACE || bytes[q] === CR) q++;
    if (bytes[q] !== LF) return false;
    p = q + 1;
    return true;
  }

  function passCell(): void {
    while (!atCellEnd()) p++;
  }

  function atCellEnd(): boolean {
    return bytes[p] === delimiter || atLineEnd();
  }

  function atLineEnd(): boolean {
    const byte = bytes[p];
    return byte === LF || (byte === CR && bytes[p + 1] === LF) || byte === undefined;
  }

  function badCell(role: number, from: number): Error {
    const field = ROLES[role] ?? 'stamp';
    return cellRefusal({ path, line: parser.line }, field, cellText(bytes, from, delimiter), layout.stamp);
  }
}

/** Role of each column, up to the last one that is needed. */
function rolesOf(layout: Layout): Uint8Array {
  const last = Math.max(...layout.positions.values());
  const roles = new Uint8Array(last + 1);
  for (const [field, position] of layout.positions) roles[position] = ROLES.indexOf(field);
  return roles;
}
