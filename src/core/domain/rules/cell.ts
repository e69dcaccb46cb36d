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
export function createDelay({ values, index }: Cell, lag: number): Delay {
  const out = new Float64Array(1).fill(Number.NaN);
  /** The source itself still holds the last one. */
  const older = new Float64Array(lag - 1).fill(Number.NaN);
  let at = 0;
  return {
    cell: { values: out, index: 0 },
    step() {
      const last = values[index] ?? Number.NaN;
      if (lag === 1) {
        out[0] = last;
        return;
      }
      out[0] = older[at] ?? Number.NaN;
      older[at] = last;
      at = at + 2 === lag ? 0 : at + 1;
    },
    reset() {
      out[0] = Number.NaN;
      older.fill(Number.NaN);
    },
  };
}
