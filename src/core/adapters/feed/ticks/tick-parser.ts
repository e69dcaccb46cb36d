import { DAY_MS } from '../../../domain/market/civil.ts';
import { clearTickBatch, type TickBatch } from '../../../domain/market/tick-batch.ts';
import { localDayToUtc } from '../../../domain/market/zone.ts';
import { BYTE, skipSpaces } from '../csv/bytes.ts';
import { createDecimalReader, placesOf } from '../csv/decimal-reader.ts';
import type { Field } from '../csv/fields.ts';
import type { Layout } from '../csv/layout.ts';
import { countLines, type LineBlock } from '../csv/line-blocks.ts';
import { quoted, refusal } from '../csv/refuse.ts';
import { cellRefusal, cellText, widthRefusal } from '../csv/row-refusals.ts';
import type { StampReader } from '../csv/stamp-reader.ts';
import { createSymbolCells } from '../csv/symbol-cells.ts';

const { CR, LF, SPACE } = BYTE;

/** A symbol nobody asked for: its rows are passed over. */
export const NOT_ASKED_FOR = -2;

export type TickRows = {
  readonly path: string;
  readonly layout: Layout;
  readonly stamps: StampReader;
  /** Zone of wall-clock stamps; undefined where stamps are instants. */
  readonly zone: string | undefined;
  /** Slot of a symbol, -1 where it has none; called with the text of its cell, or once where there is no such column. */
  readonly slotOf: (symbol: string | undefined) => number;
  /** By slot: digits after the point that a price may need, and that it needs so far. */
  readonly decimals: { readonly most: readonly number[] | undefined; readonly seen: number[] };
};

export interface TickParser {
  /** Line of the last row read, from 1. */
  line: number;
  /** Rows read, those of symbols nobody asked for included. */
  rows: number;
  /** Reads whole lines into the batch, in place of what was in it. */
  parse(block: LineBlock, delimiter: number, into: TickBatch): void;
}

const ROLES: readonly (Field | undefined)[] = [undefined, 'stamp', 'clock', 'symbol', 'price', 'size'];
const [SKIP, STAMP, CLOCK, SYMBOL, PRICE, SIZE] = [0, 1, 2, 3, 4, 5] as const;

/**
 * Reads rows of trades byte by byte into columns, as the parser of candles does: no string and no object per row. What is
 * no price, no size or no symbol is handed on as such, for whoever counts refusals; an empty size is not known.
 *
 * One state machine over a position in the block, hence its length.
 *
 * @throws TradekitError DATA with file and line for a stamp that cannot be read, a row of another width, or a price finer
 *   than what was said of its symbol
 */
export function createTickParser(rows: TickRows, firstLine: number): TickParser {
  const { path, layout, stamps, zone, decimals } = rows;
  const roles = rolesOf(layout);
  const values = new Float64Array(ROLES.length);
  const decimal = createDecimalReader();
  const hasClock = layout.positions.has('clock');
  const symbols = createSymbolCells(rows.slotOf);
  const parser: TickParser = { line: firstLine - 1, rows: 0, parse };
  let bytes: Uint8Array = new Uint8Array(0);
  let p = 0;
  let delimiter = 0;
  let slot = layout.positions.has('symbol') ? -1 : rows.slotOf(undefined);
  let places = 0;
  return parser;

  function parse(block: LineBlock, separator: number, into: TickBatch): void {
    clearTickBatch(into, countLines(block));
    bytes = block.bytes;
    p = block.from;
    delimiter = separator;
    while (p < block.to) {
      parser.line++;
      if (passBlankLine()) continue;
      readRow();
      parser.rows++;
      if (slot !== NOT_ASKED_FOR) keepRow(into);
    }
  }

  function readRow(): void {
    places = 0;
    values[SIZE] = Number.NaN;
    for (let column = 0; column < roles.length; column++) {
      if (bytes[p] === SPACE) p = skipSpaces(bytes, p);
      readCell(roles[column] ?? SKIP);
      if (bytes[p] === delimiter) p++;
      else if (column < roles.length - 1)
        throw widthRefusal({ path, line: parser.line }, column + 1, layout.width);
    }
    while (!atLineEnd()) p++;
    p += bytes[p] === CR ? 2 : 1;
  }

  function readCell(role: number): void {
    const from = p;
    switch (role) {
      case STAMP:
        values[STAMP] = stamps.readStamp(bytes, p, delimiter);
        p = stamps.end;
        passStamp('stamp', values[STAMP], from);
        break;
      case CLOCK:
        values[CLOCK] = stamps.readClock(bytes, p);
        p = stamps.end;
        passStamp('clock', values[CLOCK], from);
        break;
      case SYMBOL:
        passCell();
        slot = p > from ? symbols.keptOf(bytes, from, p) : -1;
        break;
      case PRICE:
        readNumber(PRICE);
        places = decimal.places;
        break;
      case SIZE:
        if (atCellEnd()) return;
        readNumber(SIZE);
        if (Number.isNaN(values[SIZE])) values[SIZE] = -1;
        break;
      default:
        passCell();
    }
  }

  /** Text behind a number, or in place of it, makes it none. */
  function readNumber(role: number): void {
    p = decimal.read(bytes, p, values, role);
    if (bytes[p] === SPACE && delimiter !== SPACE) p = skipSpaces(bytes, p);
    if (atCellEnd()) return;
    values[role] = Number.NaN;
    passCell();
  }

  function passStamp(field: 'stamp' | 'clock', value: number | undefined, from: number): void {
    if (bytes[p] === SPACE && delimiter !== SPACE) p = skipSpaces(bytes, p);
    if (atCellEnd() && !Number.isNaN(value)) return;
    const cell = cellText(bytes, from, delimiter);
    throw cellRefusal({ path, line: parser.line }, field, cell, layout.stamp);
  }

  function keepRow(into: TickBatch): void {
    const n = into.length;
    const stamp = (values[STAMP] ?? 0) + (hasClock ? (values[CLOCK] ?? 0) : 0);
    const price = values[PRICE] ?? Number.NaN;
    if (slot >= 0 && places > (decimals.seen[slot] ?? 0) && price > 0) takeDecimals(price);
    into.slot[n] = slot;
    into.at[n] = zone === undefined ? stamp : instantOf(zone, stamp);
    into.price[n] = price;
    into.size[n] = values[SIZE] ?? Number.NaN;
    into.length = n + 1;
  }

  function takeDecimals(price: number): void {
    const needed = placesOf(price, decimals.seen[slot] ?? 0);
    const most = decimals.most?.[slot] ?? Number.POSITIVE_INFINITY;
    if (needed > most) throw tooFine(price, most);
    decimals.seen[slot] = needed;
  }

  function tooFine(price: number, most: number): Error {
    return refusal(
      path,
      parser.line,
      `price ${quoted(String(price))} is finer than the ${most} decimals that the first ticks of its symbol need.`,
      'Say its decimals in a market file (instruments), and name that after --market.',
    );
  }

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
}

function instantOf(zone: string, wall: number): number {
  const day = Math.floor(wall / DAY_MS);
  return localDayToUtc(zone, day, wall - day * DAY_MS);
}

/** Role of each column, up to the last one that is needed. */
function rolesOf(layout: Layout): Uint8Array {
  const roles = new Uint8Array(Math.max(...layout.positions.values()) + 1);
  for (const [field, position] of layout.positions) roles[position] = Math.max(SKIP, ROLES.indexOf(field));
  return roles;
}
