import type { Session } from '../../../domain/market/session.ts';
import type { StampReading } from '../../../ports/candle-files.ts';
import type { CandleRows } from './candle-rows.ts';

/** What full days of a file say about its stamps. */
export type ReadingEvidence = {
  /** Sessions of a symbol with at least 90 % of their candles, whichever way they are read. */
  readonly fullDays: number;
  /** Of these: a candle stamped at the open, none at the close, and one shortly before it. */
  readonly fitStart: number;
  /** Of these: a candle stamped at the close, none at the open, and one shortly after it. */
  readonly fitEnd: number;
};

const FULL = 0.9;
const SURE = 0.9;
/** Of a session's candles: so many may lack at its far end. More: hours of another market, which tell nothing. */
const LACKING = 0.02;
const ROUND_THE_CLOCK_MS = 23 * 3_600_000;

/** Weighs one symbol's stamps (instants, by time) against the sessions of the calendar. */
export function weighStamps(
  rows: CandleRows,
  sessions: readonly Session[],
  timeframe: number,
): ReadingEvidence {
  let fullDays = 0;
  let fitStart = 0;
  let fitEnd = 0;
  let i = 0;
  for (const { openAt, closeAt } of sessions) {
    while (i < rows.length && (rows.at[i] ?? 0) < openAt) i++;
    const atOpen = rows.at[i] === openAt;
    const first = rows.at[i] ?? 0;
    let inside = 0;
    for (; i < rows.length && (rows.at[i] ?? 0) < closeAt; i++) inside++;
    const atClose = rows.at[i] === closeAt;
    const last = rows.at[i - 1] ?? 0;
    const candles = atOpen || !atClose ? inside : inside + 1;
    const all = Math.ceil((closeAt - openAt) / timeframe);
    if (candles < FULL * all) continue;
    fullDays++;
    const near = Math.ceil(1 + LACKING * all) * timeframe;
    if (atOpen && !atClose && closeAt - last <= near) fitStart++;
    if (atClose && !atOpen && first - openAt <= near) fitEnd++;
  }
  return { fullDays, fitStart, fitEnd };
}

export function addEvidence(a: ReadingEvidence, b: ReadingEvidence): ReadingEvidence {
  return {
    fullDays: a.fullDays + b.fullDays,
    fitStart: a.fitStart + b.fitStart,
    fitEnd: a.fitEnd + b.fitEnd,
  };
}

/** The reading that at least 90 % of full days fit while the other does not; undefined where the days do not tell. */
export function readingOf({ fullDays, fitStart, fitEnd }: ReadingEvidence): StampReading | undefined {
  if (fullDays === 0) return undefined;
  if (fitStart >= SURE * fullDays && fitEnd < SURE * fullDays) return 'start';
  return fitEnd >= SURE * fullDays ? 'end' : undefined;
}

/** A market round the clock has no open or close that could tell. */
export function isRoundTheClock(sessions: readonly Session[]): boolean {
  return (
    sessions.length > 0 && sessions.every(({ openAt, closeAt }) => closeAt - openAt >= ROUND_THE_CLOCK_MS)
  );
}
