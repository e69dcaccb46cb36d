/** Where a number is found: `values[index]`, NaN where it is undefined. Rewritten in place as candles come. */
export type Cell = { readonly values: Float64Array; readonly index: number };

export function constantCell(value: number): Cell {
  return { values: Float64Array.of(value), index: 0 };
}

export function readCell({ values, index }: Cell): number {
  return values[index] ?? Number.NaN;
}

/** A cell that follows another. */
export interface Follower {
  readonly cell: Cell;
  /** Once per candle of the frame that owns it. */
  step(): void;
  /** Forgets what was before, so that nothing reaches across a session's open. */
  reset(): void;
}

/** Shows what `source` held `lag` candles ago (lag ≥ 1). Step after the source. */
export function createDelay({ values, index }: Cell, lag: number): Follower {
  const out = new Float64Array(1).fill(Number.NaN);
  const ring = new Float64Array(lag).fill(Number.NaN);
  let at = 0;
  return {
    cell: { values: out, index: 0 },
    step() {
      out[0] = ring[at] ?? Number.NaN;
      ring[at] = values[index] ?? Number.NaN;
      at = at + 1 === lag ? 0 : at + 1;
    },
    reset() {
      out[0] = Number.NaN;
      ring.fill(Number.NaN);
    },
  };
}

/** Shows what `source`, a cell of a slower timeframe, held when this frame's last candle came. */
export function createSample({ values, index }: Cell): Follower {
  const out = new Float64Array(1).fill(Number.NaN);
  return {
    cell: { values: out, index: 0 },
    step() {
      out[0] = values[index] ?? Number.NaN;
    },
    reset() {
      out[0] = Number.NaN;
    },
  };
}
