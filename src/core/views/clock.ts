import { dateOf, formatLocal } from '../domain/market/zone.ts';

/** Exchange date: `2015-07-06`. */
export function formatDate(zone: string, at: number): string {
  return dateOf(zone, at);
}

/** Exchange date and time to the minute: `2015-07-06 09:20`. */
export function formatMinute(zone: string, at: number): string {
  return formatLocal(zone, at).slice(0, 16);
}

/** Without the year, with seconds where there are any: `07-06 09:20`, `07-06 09:20:30`. */
export function formatShortTime(zone: string, at: number): string {
  const local = formatLocal(zone, at);
  return local.slice(5, at % 60_000 === 0 ? 16 : 19);
}
