/** Day arithmetic of the Gregorian calendar without `Date`. A day is a whole number: days since 1970-01-01. */

export const DAY_MS = 86_400_000;

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** Days between 0000-03-01, where the arithmetic starts (leap days come last in a March-based year), and 1970-01-01. */
const EPOCH_SHIFT = 719_468;
const DAYS_PER_400_YEARS = 146_097;

/** Day number of a date; months 1 to 12. What does not exist rolls over: use `parseDay` where text comes in. */
export function dayOfCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1 - EPOCH_SHIFT;
}

/** The date of a day number. */
export function civilOfDay(dayNumber: number): CivilDate {
  const shifted = dayNumber + EPOCH_SHIFT;
  const cycle = Math.floor(shifted / DAYS_PER_400_YEARS);
  const inCycle = shifted - cycle * DAYS_PER_400_YEARS;
  const leapDaysPassed =
    Math.floor(inCycle / 1460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096);
  const yearOfCycle = Math.floor((inCycle - leapDaysPassed) / 365);
  const daysBeforeYear = 365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  const inYear = inCycle - daysBeforeYear;
  const marchMonth = Math.floor((5 * inYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0);
  return { year, month, day: inYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** 0 is Sunday, 6 is Saturday. 1970-01-01 was a Thursday. */
export function weekdayOfDay(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** Day number → `YYYY-MM-DD`. */
export function formatDay(dayNumber: number): string {
  const { year, month, day } = civilOfDay(dayNumber);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `YYYY-MM-DD` → day number; undefined for anything else, also for days that do not exist (2023-02-29). */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const dayNumber = dayOfCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDay(dayNumber) === text ? dayNumber : undefined;
}

/** `HH:MM` or `HH:MM:SS` → milliseconds from midnight; `24:00` is the day's end; undefined for anything else. */
export function parseClock(text: string): number | undefined {
  const match = /^(\d{2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) return undefined;
  const ms = Number(match[1]) * 3_600_000 + Number(match[2]) * 60_000 + Number(match[3] ?? 0) * 1000;
  return ms <= DAY_MS ? ms : undefined;
}

/** Milliseconds from midnight → `HH:MM:SS`, with `.mmm` where there are any. */
export function formatClock(msOfDay: number): string {
  const seconds = Math.floor(msOfDay / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':');
  const ms = msOfDay % 1000;
  return ms === 0 ? clock : `${clock}.${String(ms).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
