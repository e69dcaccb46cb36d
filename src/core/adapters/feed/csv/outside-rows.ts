import type { Calendar } from '../../../domain/market/calendar.ts';
import { localDayOf } from '../../../domain/market/zone.ts';
import type { RowExample } from '../../../ports/candle-files.ts';

/** Rows outside all sessions, of one file or of one symbol over all its files. */
export type OutsideRows = {
  count: number;
  /** Of these, on dates of which the calendar knows nothing: neither the stamps nor the zone are to blame. */
  onUnknownDates: number;
  readonly examples: RowExample[];
  firstAt: number;
  lastAt: number;
};

export const MOST_EXAMPLES = 3;

export function createOutsideRows(): OutsideRows {
  return {
    count: 0,
    onUnknownDates: 0,
    examples: [],
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
  };
}

export function addOutside(rows: OutsideRows, example: RowExample, isUnknown: boolean): void {
  rows.count++;
  if (isUnknown) rows.onUnknownDates++;
  if (rows.examples.length < MOST_EXAMPLES) rows.examples.push(example);
  rows.firstAt = Math.min(rows.firstAt, example.openAt);
  rows.lastAt = Math.max(rows.lastAt, example.openAt);
}

/** Whether the calendar knows nothing of an instant's date; made for rows by time, which ask for one date again and again. */
export function createUnknownDate(calendar: Calendar): (at: number) => boolean {
  let askedDay: number | undefined;
  let isUnknown = false;
  return (at) => {
    const day = localDayOf(calendar.zone, at);
    if (day !== askedDay) isUnknown = calendar.unknownDates(at, at).length > 0;
    askedDay = day;
    return isUnknown;
  };
}
