import type { Column, Place } from './cell.ts';

/** Rows that columns have room for beside those that stay: so often what stays moves to the front. */
const ROOM = 64;

/**
 * The columns of one timeframe of one symbol, all of one length: the last candles' numbers, as far back as a rule looks.
 * Grown while rules are compiled; their arrays are made when the first candle comes.
 */
export class RollingColumns {
  readonly place: Place = { row: 0 };
  private readonly columns: Column[] = [];
  /** Rows that stay: the current one, and those that a rule looks back to. */
  private kept = 1;
  private length = 0;

  add(): Column {
    const column = { values: new Float64Array(0) };
    this.columns.push(column);
    return column;
  }

  keep(lag: number): void {
    this.kept = Math.max(this.kept, lag + 1);
  }

  /** Makes room for so many rows behind the place, and gives the first of them. The place stays where it is. */
  room(rows: number): number {
    if (this.place.row + rows >= this.length) this.makeRoom(rows);
    return this.place.row + 1;
  }

  private makeRoom(rows: number): void {
    const { place, kept } = this;
    const from = Math.max(0, place.row + 1 - kept);
    const length = Math.max(this.length, kept + Math.max(rows, ROOM));
    for (const column of this.columns) {
      const old = column.values;
      if (length > this.length) column.values = new Float64Array(length).fill(Number.NaN);
      column.values.set(old.subarray(from, place.row + 1), kept - Math.min(kept, old.length));
    }
    this.length = length;
    place.row = kept - 1;
  }
}
