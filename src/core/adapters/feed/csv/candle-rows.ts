/**
 * Rows of one symbol from one file: growable columns, in the file's order at first.
 *
 * `at` starts as the stamp and becomes the instant the candle opens; `line` is where the row stands in its file.
 */
export type CandleRows = {
  length: number;
  at: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** NaN where a cell is empty; undefined where the file has no such column. */
  volume: Float64Array | undefined;
  line: Uint32Array;
  /** Most digits after the point that a price needs. */
  priceDecimals: number;
};

export function createCandleRows(hasVolume: boolean, capacity = 1 << 12): CandleRows {
  return {
    length: 0,
    at: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    volume: hasVolume ? new Float64Array(capacity) : undefined,
    line: new Uint32Array(capacity),
    priceDecimals: 0,
  };
}

/** Makes room for at least `capacity` rows. */
export function growTo(rows: CandleRows, capacity: number): void {
  rows.at = grown(rows.at, capacity);
  rows.open = grown(rows.open, capacity);
  rows.high = grown(rows.high, capacity);
  rows.low = grown(rows.low, capacity);
  rows.close = grown(rows.close, capacity);
  if (rows.volume !== undefined) rows.volume = grown(rows.volume, capacity);
  const line = new Uint32Array(capacity);
  line.set(rows.line);
  rows.line = line;
}

/** The rows at these places, in this order. */
export function pick(rows: CandleRows, places: Uint32Array): CandleRows {
  function picked(column: Float64Array): Float64Array {
    const of = new Float64Array(places.length);
    for (let i = 0; i < of.length; i++) of[i] = column[places[i] ?? 0] ?? Number.NaN;
    return of;
  }
  return {
    length: places.length,
    at: picked(rows.at),
    open: picked(rows.open),
    high: picked(rows.high),
    low: picked(rows.low),
    close: picked(rows.close),
    volume: rows.volume === undefined ? undefined : picked(rows.volume),
    line: Uint32Array.from(places, (place) => rows.line[place] ?? 0),
    priceDecimals: rows.priceDecimals,
  };
}

/** Keeps the first `count` of these places, which ascend, in place. */
export function keepOnly(rows: CandleRows, places: Uint32Array, count: number): void {
  if (count < rows.length) {
    for (const column of [rows.at, rows.open, rows.high, rows.low, rows.close, rows.volume, rows.line]) {
      if (column !== undefined) compact(column, places, count);
    }
  }
  rows.length = count;
}

function compact(column: Float64Array | Uint32Array, places: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) column[i] = column[places[i] ?? 0] ?? 0;
}

/** One symbol's rows from several files, one after the other; a volume is NaN where its file has none. */
export function concat(parts: readonly CandleRows[]): CandleRows {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = createCandleRows(
    parts.some((part) => part.volume !== undefined),
    length,
  );
  for (const part of parts) append(all, part);
  return all;
}

function append(all: CandleRows, part: CandleRows): void {
  const { length } = all;
  all.at.set(part.at.subarray(0, part.length), length);
  all.open.set(part.open.subarray(0, part.length), length);
  all.high.set(part.high.subarray(0, part.length), length);
  all.low.set(part.low.subarray(0, part.length), length);
  all.close.set(part.close.subarray(0, part.length), length);
  all.volume?.set(
    part.volume?.subarray(0, part.length) ?? new Float64Array(part.length).fill(Number.NaN),
    length,
  );
  all.line.set(part.line.subarray(0, part.length), length);
  all.length = length + part.length;
  all.priceDecimals = Math.max(all.priceDecimals, part.priceDecimals);
}

function grown(column: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
