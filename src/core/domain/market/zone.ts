import { TradekitError } from '../error.ts';
import { DAY_MS, dayOfCivil, formatClock, formatDay } from './civil.ts';

/**
 * Local time of a zone. Zones are IANA names (`Asia/Kolkata`) or fixed offsets (`+05:30`).
 *
 * Offsets come from `Intl.DateTimeFormat`, asked once per week and remembered, with the instant of the change in the few
 * weeks that have one: a row of a file costs some tens of nanoseconds. No zone changes twice within such a week.
 */
interface Zone {
  offsetAt(at: number): number;
  /** The one offset in force around a local day; undefined near a change. */
  offsetAround(localDay: number): number | undefined;
}

/** Seven UTC days, counted from the epoch. */
const WEEK_MS = 7 * DAY_MS;

/** Offsets of one week: `before` until `changeAt`, then `after`. */
type WeekOffsets = { readonly before: number; readonly changeAt: number; readonly after: number };

/** What is added to UTC to give local time at this instant, in milliseconds: 19800000 for Asia/Kolkata. */
export function zoneOffsetMs(zone: string, at: number): number {
  return zoneOf(zone).offsetAt(at);
}

/**
 * UTC epoch ms of a local date and time of day; months 1 to 12.
 *
 * A time that happens twice (clocks turned back) is the first of the two; one that never happens (clocks turned
 * forward) is moved on by the hour that is missing.
 */
export function localToUtc(zone: string, year: number, month: number, day: number, msOfDay: number): number {
  return localDayToUtc(zone, dayOfCivil(year, month, day), msOfDay);
}

/** The same for a day number (days since 1970-01-01). */
export function localDayToUtc(zone: string, localDay: number, msOfDay: number): number {
  const clock = zoneOf(zone);
  const local = localDay * DAY_MS + msOfDay;
  const fixed = clock.offsetAround(localDay);
  if (fixed !== undefined) return local - fixed;
  const byEarlier = local - clock.offsetAt(local - DAY_MS);
  if (byEarlier + clock.offsetAt(byEarlier) === local) return byEarlier;
  const byLater = local - clock.offsetAt(local + DAY_MS);
  return byLater + clock.offsetAt(byLater) === local ? byLater : byEarlier;
}

/** Days from 1970-01-01 to the local date at this instant. */
export function localDayOf(zone: string, at: number): number {
  return Math.floor((at + zoneOffsetMs(zone, at)) / DAY_MS);
}

/** Milliseconds from local midnight by the clock on the wall. */
export function localClockMs(zone: string, at: number): number {
  const local = at + zoneOffsetMs(zone, at);
  return local - Math.floor(local / DAY_MS) * DAY_MS;
}

/** Local date at this instant, YYYY-MM-DD. */
export function dateOf(zone: string, at: number): string {
  return formatDay(localDayOf(zone, at));
}

/** `2015-07-06 09:16:00+05:30`: local time with its offset. */
export function formatLocal(zone: string, at: number): string {
  return `${dateOf(zone, at)} ${formatClock(localClockMs(zone, at))}${formatOffset(zoneOffsetMs(zone, at))}`;
}

export function isKnownZone(name: string): boolean {
  if (fixedOffsetOf(name) !== undefined) return true;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function formatOffset(offsetMs: number): string {
  return `${offsetMs < 0 ? '-' : '+'}${formatClock(Math.abs(offsetMs)).slice(0, 5)}`;
}

function fixedOffsetOf(name: string): number | undefined {
  const match = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(name);
  if (match === null) return undefined;
  const ms = Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000;
  return match[1] === '-' && ms > 0 ? -ms : ms;
}

const zones = new Map<string, Zone>();
let recentName = '';
let recentZone: Zone | undefined;

function zoneOf(name: string): Zone {
  if (recentZone !== undefined && name === recentName) return recentZone;
  const zone = zones.get(name) ?? createZone(name);
  zones.set(name, zone);
  recentName = name;
  recentZone = zone;
  return zone;
}

function createZone(name: string): Zone {
  const fixed = name === 'UTC' ? 0 : fixedOffsetOf(name);
  if (fixed !== undefined) return { offsetAt: () => fixed, offsetAround: () => fixed };
  const read = offsetReader(name);
  const edges = new Map<number, number>();
  const weeks = new Map<number, WeekOffsets>();
  let recentWeek = Number.NaN;
  let recent: WeekOffsets = { before: 0, changeAt: 0, after: 0 };
  let aroundDay = Number.NaN;
  let around: number | undefined;

  /** The end of one week is the start of the next: read once. */
  function readEdge(week: number): number {
    const offset = edges.get(week) ?? read(week * WEEK_MS);
    edges.set(week, offset);
    return offset;
  }

  function readWeek(week: number): WeekOffsets {
    const before = readEdge(week);
    const after = readEdge(week + 1);
    const changeAt = before === after ? week * WEEK_MS : changeWithin(read, week * WEEK_MS, before);
    return { before, changeAt, after };
  }

  function offsetsAt(at: number): WeekOffsets {
    const week = Math.floor(at / WEEK_MS);
    if (week === recentWeek) return recent;
    const offsets = weeks.get(week) ?? readWeek(week);
    weeks.set(week, offsets);
    recentWeek = week;
    recent = offsets;
    return offsets;
  }

  /** Local days lie within a day of the UTC day of the same number. */
  function readAround(localDay: number): number | undefined {
    const first = offsetsAt((localDay - 1) * DAY_MS);
    const last = offsetsAt((localDay + 2) * DAY_MS);
    const { before } = first;
    return first.after === before && last.before === before && last.after === before ? before : undefined;
  }

  return {
    offsetAt(at) {
      const offsets = offsetsAt(at);
      return at < offsets.changeAt ? offsets.before : offsets.after;
    },
    offsetAround(localDay) {
      if (localDay !== aroundDay) {
        around = readAround(localDay);
        aroundDay = localDay;
      }
      return around;
    },
  };
}

/** The instant within a week at which the offset stops being `before`, by bisection. */
function changeWithin(read: (at: number) => number, weekStart: number, before: number): number {
  let low = weekStart;
  let high = weekStart + WEEK_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function offsetReader(name: string): (at: number) => number {
  const format = zoneFormat(name);
  return (at) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const day = dayOfCivil(parts['year'] ?? 0, parts['month'] ?? 0, parts['day'] ?? 0);
    const clock = ((parts['hour'] ?? 0) * 3600 + (parts['minute'] ?? 0) * 60 + (parts['second'] ?? 0)) * 1000;
    return day * DAY_MS + clock - Math.floor(at / 1000) * 1000;
  };
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new TradekitError('CONFIG', `Unknown time zone "${timeZone}".`, {
      hint: 'Write an IANA name such as Asia/Kolkata, America/New_York or UTC, or an offset such as +05:30.',
      cause,
    });
  }
}
