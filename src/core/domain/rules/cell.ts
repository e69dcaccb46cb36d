/** The numbers of a reading by candle, NaN where it is undefined. Exchanged for a longer one where more are folded at once. */
export type Column = { values: Float64Array };

/** Where in all columns of one timeframe its latest candle stands. */
export type Place = { row: number };

/** Where a number is found: in a column, so many candles before its timeframe's place. */
export type Cell = {
  readonly column: Column;
  readonly place: Place;
  readonly lag: number;
  /** Rows from one candle to the next: 0 for a constant. */
  readonly stride: 0 | 1;
};

export function cellOf(column: Column, place: Place, lag: number): Cell {
  return { column, place, lag, stride: 1 };
}

export function constantCell(value: number): Cell {
  return { column: { values: Float64Array.of(value) }, place: { row: 0 }, lag: 0, stride: 0 };
}

export function readCell({ column, place, lag }: Cell): number {
  return column.values[place.row - lag] ?? Number.NaN;
}

/** Where the cell stood `back` candles ago. */
export function rowOf({ place, lag, stride }: Cell, back: number): number {
  return place.row - lag - stride * back;
}
