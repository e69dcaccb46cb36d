import type { CandleTape } from '../market/candle-tape.ts';
import { FoldedRows } from './folded-rows.ts';
import type { FrameState, Hit } from './frame-state.ts';

/** What a scan asks of its screen. */
export type RowScanOptions = {
  /** What fires at the row where the scan stands. */
  readonly hits: Hit[];
  /** Takes a row as an instant of its own. */
  readonly take: (tape: CandleTape, row: number) => void;
  /** A rule came true at a row of a block. */
  readonly comesTrue: (state: FrameState, rule: number, openAt: number, close: number) => void;
};

/**
 * Finds the rows of a tape at which strategies fire.
 *
 * Readings and rules depend on candles only: where one timeframe is all there is, they are worked out block by block,
 * each in a loop of its own, before anybody decides at those rows. Elsewhere rows are taken one by one.
 */
export interface RowScan {
  start(rows: Rows): void;
  /** The first row from `row` on at which a strategy fires, or the end; what fires before it is dropped. */
  next(row: number): number;
  /** Takes all that is left, drops what fires, and gives the rows that ended. */
  end(): Rows | undefined;
}

export type Rows = {
  readonly tape: CandleTape;
  readonly from: number;
  readonly to: number;
  /** Folds the rows from `foldFrom` on in blocks; undefined where none can be. */
  readonly state: FrameState | undefined;
  readonly foldFrom: number;
};

export function createRowScan({ hits, take, comesTrue }: RowScanOptions): RowScan {
  const folded = new FoldedRows();
  let rows: Rows | undefined;
  let taken = 0;

  function nextTaken({ tape, foldFrom }: Rows, row: number): number {
    while (taken < foldFrom) {
      take(tape, taken);
      taken += 1;
      if (hits.length > 0 && taken > row) return taken - 1;
      hits.length = 0;
    }
    return foldFrom;
  }

  function nextFolded({ tape, to }: Rows, state: FrameState, from: number): number {
    let row = from;
    while (row < to) {
      while (folded.until <= row) folded.foldOn(state.frame, state.wasTrue, tape, to);
      row = folded.nextTrue(row);
      if (row < folded.until && fires(tape, state, row)) return row;
      row = Math.min(row + 1, folded.until);
    }
    return to;
  }

  function fires(tape: CandleTape, state: FrameState, row: number): boolean {
    const openAt = tape.openAt[row] ?? Number.NaN;
    const close = tape.close[row] ?? Number.NaN;
    for (let k = 0; k < state.wasTrue.length; k += 1) {
      if (folded.isTrue(k, row)) comesTrue(state, k, openAt, close);
    }
    return hits.length > 0;
  }

  return {
    start(of) {
      rows = of;
      taken = of.from;
      folded.until = of.foldFrom;
    },
    next(row) {
      if (rows === undefined) return row;
      const next = nextTaken(rows, row);
      if (next < rows.foldFrom || rows.state === undefined) return next;
      return nextFolded(rows, rows.state, Math.max(row, next));
    },
    end() {
      const ended = rows;
      if (ended === undefined) return undefined;
      const { tape, to, state } = ended;
      nextTaken(ended, to);
      while (state !== undefined && folded.until < to) folded.foldOn(state.frame, state.wasTrue, tape, to);
      hits.length = 0;
      rows = undefined;
      return ended;
    },
  };
}
