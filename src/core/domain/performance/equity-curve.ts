import { createDrawdownTracker, type Drawdown } from './drawdown.ts';

/** The account at one session's close. Integer minor units. */
export type EquitySample = {
  /** Exchange date, YYYY-MM-DD. */
  readonly date: string;
  readonly at: number;
  readonly equityMinor: number;
  /** Lowest mark since the sample before, this close included. */
  readonly lowMinor: number;
  /** Highest mark so far. */
  readonly peakMinor: number;
};

export type EquityRecord = {
  readonly startingMinor: number;
  /** At the last mark or close. */
  readonly endMinor: number;
  /** One per session close, idle sessions included, in order of time. */
  readonly sessions: readonly EquitySample[];
  /** On the account marked at every instant; null while it never fell. */
  readonly drawdown: Drawdown | null;
};

/** The account over time, fed by the engine. */
export interface EquityCurve {
  /** At every instant with exposure or a change: hot, keeps numbers only. */
  mark(at: number, equityMinor: number): void;
  closeSession(date: string, at: number, equityMinor: number): void;
  /** Rewrites the last sample: the feed ended at that close, and what it closed belongs to it. */
  amendSession(at: number, equityMinor: number): void;
  read(): EquityRecord;
}

export function createEquityCurve(startingMinor: number): EquityCurve {
  const tracker = createDrawdownTracker(startingMinor);
  const dates: string[] = [];
  const rows = createNumberTable(COLUMNS);
  const state = { endMinor: startingMinor, lowMinor: startingMinor };

  const curve = {
    mark(at: number, equityMinor: number): void {
      tracker.mark(at, equityMinor);
      state.endMinor = equityMinor;
      if (equityMinor < state.lowMinor) state.lowMinor = equityMinor;
    },
    closeSession(date: string, at: number, equityMinor: number): void {
      curve.mark(at, equityMinor);
      dates.push(date);
      rows.push(at, equityMinor, state.lowMinor, tracker.peakMinor);
      state.lowMinor = equityMinor;
    },
    amendSession(at: number, equityMinor: number): void {
      const before = rows.pop();
      if (before === undefined) return;
      const lowMinor = Math.min(before.low, equityMinor);
      curve.mark(at, equityMinor);
      rows.push(at, equityMinor, lowMinor, tracker.peakMinor);
      state.lowMinor = equityMinor;
    },
    read(): EquityRecord {
      const sessions = dates.map((date, row) => ({
        date,
        at: rows.at(row, 0),
        equityMinor: rows.at(row, 1),
        lowMinor: rows.at(row, 2),
        peakMinor: rows.at(row, 3),
      }));
      return { startingMinor, endMinor: state.endMinor, sessions, drawdown: tracker.worst() };
    },
  };
  return curve;
}

const COLUMNS = 4;
const FIRST_ROWS = 256;

/** Rows of numbers in one typed array that doubles when it is full. */
function createNumberTable(columns: number) {
  let cells = new Float64Array(columns * FIRST_ROWS);
  let used = 0;
  return {
    push(a: number, b: number, c: number, d: number): void {
      if (used === cells.length) {
        const grown = new Float64Array(2 * used);
        grown.set(cells);
        cells = grown;
      }
      cells[used] = a;
      cells[used + 1] = b;
      cells[used + 2] = c;
      cells[used + 3] = d;
      used += columns;
    },
    /** Takes the last row off; its third number. */
    pop(): { readonly low: number } | undefined {
      if (used === 0) return undefined;
      used -= columns;
      return { low: cells[used + 2] ?? Number.NaN };
    },
    at: (row: number, column: number): number => cells[row * columns + column] ?? Number.NaN,
  };
}
