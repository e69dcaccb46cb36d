import type { CalendarData } from './calendar-data.ts';
import type { Session } from './session.ts';

/** Sessions of a market, from dated data. Days it does not know are closed, and are listed by `unknownDates`. */
export interface Calendar {
  /** IANA zone of the exchange, e.g. `Asia/Kolkata`. */
  readonly zone: string;
  /** First and last date of the data; undefined where no date is beyond them. */
  readonly coverage: CalendarData['coverage'];
  /** All sessions that overlap [fromAt, toAt], in order of time. */
  sessions(fromAt: number, toAt: number): readonly Session[];
  /** Exchange dates (YYYY-MM-DD) in [fromAt, toAt] about which the calendar knows nothing (outside its coverage, or a special session of unknown hours). */
  unknownDates(fromAt: number, toAt: number): readonly string[];
}
