import { TradekitError } from '../error.ts';
import type { Calendar } from './calendar.ts';
import type { CalendarData, TradingWindow } from './calendar-data.ts';
import { formatDay, parseClock, weekdayOfDay } from './civil.ts';
import type { Session } from './session.ts';
import { localDayOf, localDayToUtc } from './zone.ts';

/** What binds an intraday trader, as distances from the open and the close of each session. */
export type SessionOffsets = {
  /** Entries from this long after the open. */
  readonly entryFromOffsetMs: number;
  /** Entries until this long before the close. */
  readonly entryUntilOffsetMs: number;
  /** Positions are closed this long before the close; null: never, they stay overnight. */
  readonly squareOffOffsetMs: number | null;
};

/**
 * Sessions from dated data. Two windows on one date are two sessions of that date, each with its own entry window and
 * square-off. Weekends without a special session are closed, not unknown.
 *
 * The entry window of a short session may be empty (`entryUntilAt` before `entryFromAt`): a Muhurat hour leaves ten
 * minutes of it at NSE's offsets, the 45 minutes of 2024-03-02 none. The square-off never precedes the open.
 */
export function createExchangeCalendar(data: CalendarData, offsets: SessionOffsets): Calendar {
  const windowsOf = windowsByDate(data);
  const known = new Map<number, readonly Session[] | undefined>();

  function sessionsOf(day: number): readonly Session[] | undefined {
    if (!known.has(day)) known.set(day, readDay(day));
    return known.get(day);
  }

  function readDay(day: number): readonly Session[] | undefined {
    const date = formatDay(day);
    return windowsOf(day, date)?.map((window) => createSession(data.zone, day, date, window, offsets));
  }

  function* daysBetween(fromAt: number, toAt: number): Generator<number> {
    const last = localDayOf(data.zone, toAt);
    for (let day = localDayOf(data.zone, fromAt); day <= last; day += 1) yield day;
  }

  return {
    zone: data.zone,
    coverage: data.coverage,
    sessions(fromAt, toAt) {
      const found: Session[] = [];
      for (const day of daysBetween(fromAt, toAt)) {
        for (const session of sessionsOf(day) ?? []) {
          if (session.closeAt > fromAt && session.openAt <= toAt) found.push(session);
        }
      }
      return found;
    },
    unknownDates(fromAt, toAt) {
      return [...daysBetween(fromAt, toAt)].filter((day) => sessionsOf(day) === undefined).map(formatDay);
    },
  };
}

/** Hours of a date in ms from midnight: empty when closed, undefined when nobody knows. */
type Hours = readonly { readonly openMs: number; readonly closeMs: number }[];

function windowsByDate(data: CalendarData): (day: number, date: string) => Hours | undefined {
  const holidays = new Set(data.holidays);
  const special = new Map(
    Object.entries(data.specialSessions ?? {}).map(([date, windows]) => [date, hoursOf(windows)]),
  );
  const regular = data.hours.map(({ from = '', to = '9999-12-31', windows }) => ({
    from,
    to,
    hours: hoursOf(windows),
  }));
  const early = new Map<string, number>();
  for (const { close, dates } of data.earlyCloses ?? [])
    for (const date of dates) early.set(date, clockMs(close));
  const { from, to } = data.coverage ?? { from: '', to: '9999-12-31' };

  return (day, date) => {
    const specialHours = special.get(date);
    if (specialHours !== undefined) return specialHours.length === 0 ? undefined : specialHours;
    if (!data.weekdays.includes(weekdayOfDay(day))) return [];
    if (date < from || date > to) return undefined;
    if (holidays.has(date)) return [];
    const hours = regular.find((row) => date >= row.from && date <= row.to)?.hours;
    const closeMs = early.get(date);
    return closeMs === undefined ? hours : hours?.flatMap((window) => cutAt(window, closeMs));
  };
}

function cutAt(window: Hours[number], closeMs: number): Hours {
  if (closeMs <= window.openMs) return [];
  return [{ openMs: window.openMs, closeMs: Math.min(window.closeMs, closeMs) }];
}

function hoursOf(windows: readonly TradingWindow[]): Hours {
  return windows.map(([open, close]) => ({ openMs: clockMs(open), closeMs: clockMs(close) }));
}

function clockMs(text: string): number {
  const ms = parseClock(text);
  if (ms === undefined)
    throw new TradekitError('CONFIG', `"${text}" is no time of day.`, { hint: 'Write HH:MM.' });
  return ms;
}

function createSession(
  zone: string,
  day: number,
  date: string,
  { openMs, closeMs }: Hours[number],
  offsets: SessionOffsets,
): Session {
  const openAt = localDayToUtc(zone, day, openMs);
  const closeAt = localDayToUtc(zone, day, closeMs);
  const { squareOffOffsetMs } = offsets;
  return {
    date,
    openAt,
    closeAt,
    openTimeOfDayMs: openMs,
    entryFromAt: openAt + offsets.entryFromOffsetMs,
    entryUntilAt: closeAt - offsets.entryUntilOffsetMs,
    squareOffAt: squareOffOffsetMs === null ? undefined : Math.max(openAt, closeAt - squareOffOffsetMs),
  };
}
