import { DAY_MS, formatDay } from '../../../domain/market/civil.ts';
import type { Session } from '../../../domain/market/session.ts';
import { localDayOf, localDayToUtc } from '../../../domain/market/zone.ts';
import type { StampReading } from '../../../ports/candle-files.ts';
import { type CandleRows, keepOnly } from './candle-rows.ts';

/** Told about each row that lies outside all sessions; a daily candle would open at its date's midnight. */
type OnOutside = (line: number, openAt: number) => void;

/**
 * Turns stamps into opening instants and drops what lies outside sessions, in place. Rows by time, sessions too.
 *
 * A candle belongs to the session in which it opens. An end stamp closes the candle of the session's own grid: with
 * hourly candles from 09:15, the stamps 15:15 and 15:30 both end candles, the latter a short one from 15:15.
 */
export function placeIntraday(
  rows: CandleRows,
  sessions: readonly Session[],
  timeframe: number,
  reading: StampReading,
  onOutside: OnOutside,
): void {
  const ends = reading === 'end';
  let next = 0;
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const stamp = rows.at[i] ?? 0;
    while (isPast(sessions[next], stamp, ends)) next++;
    const session = sessions[next];
    if (session === undefined || stamp < session.openAt || (ends && stamp === session.openAt)) {
      onOutside(rows.line[i] ?? 0, ends ? stamp - timeframe : stamp);
      continue;
    }
    if (ends) rows.at[i] = gridOpen(stamp, session.openAt, timeframe);
    kept[count++] = i;
  }
  keepOnly(rows, kept, count);
}

/**
 * Daily candles: the stamp names the session's date, and the candle spans that session, from its open to its close.
 *
 * @param stampsAreWall true for wall-clock stamps, whose date is the one written; instants at midnight UTC name the UTC
 *   date (as vendors write it), other instants the exchange's date
 */
export function placeDaily(
  rows: CandleRows,
  sessions: readonly Session[],
  zone: string,
  stampsAreWall: boolean,
  onOutside: OnOutside,
): void {
  const byDate = new Map<string, Session>();
  for (const session of sessions) if (!byDate.has(session.date)) byDate.set(session.date, session);
  const dateWritten = stampsAreWall || rows.at.subarray(0, rows.length).every((at) => at % DAY_MS === 0);
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const stamp = rows.at[i] ?? 0;
    const day = dateWritten ? Math.floor(stamp / DAY_MS) : localDayOf(zone, stamp);
    const session = byDate.get(formatDay(day));
    if (session === undefined) {
      onOutside(rows.line[i] ?? 0, localDayToUtc(zone, day, 0));
      continue;
    }
    rows.at[i] = session.openAt;
    kept[count++] = i;
  }
  keepOnly(rows, kept, count);
}

function isPast(session: Session | undefined, stamp: number, ends: boolean): boolean {
  return session !== undefined && (ends ? session.closeAt < stamp : session.closeAt <= stamp);
}

function gridOpen(stamp: number, openAt: number, timeframe: number): number {
  return openAt + (Math.ceil((stamp - openAt) / timeframe) - 1) * timeframe;
}
