import { compare } from '../indicators/tie.ts';

/** Where a number is found: `values[index]`, NaN where it is undefined. Rewritten in place as candles come. */
export type Cell = { readonly values: Float64Array; readonly index: number };

export function constantCell(value: number): Cell {
  return { values: Float64Array.of(value), index: 0 };
}

export function readCell({ values, index }: Cell): number {
  return values[index] ?? Number.NaN;
}

/** On which side of `right` the cell `left` stands: 1 above, 0 tied, -1 below, NaN where either is undefined. */
export function sideOf(left: Cell, right: Cell): () => number {
  const { values: leftValues, index: leftIndex } = left;
  const { values: rightValues, index: rightIndex } = right;
  return () => compare(leftValues[leftIndex] ?? Number.NaN, rightValues[rightIndex] ?? Number.NaN);
}

/** A cell that shows what another held some candles ago. */
export interface Delay {
  readonly cell: Cell;
  /** Once per candle, before the source takes that candle in. */
  step(): void;
  /** Forgets what was before, so that nothing reaches across a session's open. */
  reset(): void;
}

/** Shows what `source` held `lag` candles ago (lag ≥ 1). */
export function createDelay(source: Cell, lag: number): Delay {
  return new Ring(source, lag);
}

/** A class, as it steps for every candle. */
class Ring implements Delay {
  readonly cell: Cell;
  private readonly out = new Float64Array(1).fill(Number.NaN);
  private readonly source: Float64Array;
  private readonly index: number;
  private readonly lag: number;
  /** The source itself still holds the last one. */
  private readonly older: Float64Array;
  private at = 0;

  constructor({ values, index }: Cell, lag: number) {
    this.cell = { values: this.out, index: 0 };
    this.source = values;
    this.index = index;
    this.lag = lag;
    this.older = new Float64Array(lag - 1).fill(Number.NaN);
  }

  step(): void {
    const last = this.source[this.index] ?? Number.NaN;
    this.out[0] = this.lag === 1 ? last : this.exchange(last);
  }

  private exchange(last: number): number {
    const { older, at, lag } = this;
    const oldest = older[at] ?? Number.NaN;
    older[at] = last;
    this.at = at + 2 === lag ? 0 : at + 1;
    return oldest;
  }

  reset(): void {
    this.out[0] = Number.NaN;
    this.older.fill(Number.NaN);
  }
}
