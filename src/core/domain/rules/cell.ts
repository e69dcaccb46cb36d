/** The numbers of a reading by candle, NaN where it is undefined. Exchanged for a longer one where more are folded at once. */
export type Column = { values: Float64Array };

/** Where in all columns of one timeframe its latest candle stands. */
export type Place = { row: number };

/** Where a number is found: in a column, so many candles before its timeframe's place. */
export type Cell = {
  readonly column: Column;
  readonly place: Place;
  readonly lag: number;
  readonly isConstant: boolean;
};

export function cellOf(column: Column, place: Place, lag: number): Cell {
  return { column, place, lag, isConstant: false };
}

export function constantCell(value: number): Cell {
  return { column: { values: Float64Array.of(value) }, place: { row: 0 }, lag: 0, isConstant: true };
}

export function readCell({ column, place, lag }: Cell): number {
  return column.values[place.row - lag] ?? Number.NaN;
}

/** What the cell held at the last `count` candles, oldest first. */
export function rowsOf(cell: Cell, count: number): Float64Array {
  const { column, place, lag, isConstant } = cell;
  if (isConstant) return new Float64Array(count).fill(readCell(cell));
  return column.values.subarray(place.row - lag - count + 1, place.row - lag + 1);
}
