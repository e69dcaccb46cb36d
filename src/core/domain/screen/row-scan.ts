import type { CandleTape } from '../market/candle-tape.ts';
import { FoldedRows } from './folded-rows.ts';
import type { FrameState } from './frame-state.ts';

/** What a scan asks of its screen. */
export type RowScanOptions = {
  /** Takes a row as an instant of its own; whether a strategy fires there, which it forgets unless `heeded`. */
  readonly take: (tape: CandleTape, row: number, heeded: boolean) => boolean;
  /** Rules come true at a row; whether one of them fires. */
  readonly fire: (state: FrameState, tape: CandleTape, row: number, folded: FoldedRows) => boolean;
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
  /** Folds the rows in blocks; undefined where they cannot be. */
  readonly state: FrameState | undefined;
};

export function createRowScan({ take, fire }: RowScanOptions): RowScan {
  const folded = new FoldedRows();
  let rows: Rows | undefined;
  let taken = 0;

  function nextTaken({ tape, to }: Rows, row: number): number {
    while (taken < to) {
      const fires = take(tape, taken, taken >= row);
      taken += 1;
      if (fires) return taken - 1;
    }
    return to;
  }

  function nextFolded({ tape, to }: Rows, state: FrameState, from: number): number {
    let row = from;
    while (row < to) {
      while (folded.until <= row) folded.foldOn(state.frame, state.wasTrue, tape, to);
      row = folded.nextTrue(row);
      if (row < folded.until && fire(state, tape, row, folded)) return row;
      row = Math.min(row + 1, folded.until);
    }
    return to;
  }

  return {
    start(of) {
      rows = of;
      taken = of.from;
      folded.until = of.from;
    },
    next(row) {
      if (rows === undefined) return row;
      return rows.state === undefined ? nextTaken(rows, row) : nextFolded(rows, rows.state, row);
    },
    end() {
      const ended = rows;
      if (ended === undefined) return undefined;
      const { tape, to, state } = ended;
      if (state === undefined) nextTaken(ended, to);
      else while (folded.until < to) folded.foldOn(state.frame, state.wasTrue, tape, to);
      rows = undefined;
      return ended;
    },
  };
}
