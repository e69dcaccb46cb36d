/** Open and close of continuous trading, local `HH:MM`; open inclusive, close exclusive, `24:00` is midnight. */
export type TradingWindow = readonly [open: string, close: string];

/** Hours that held from `from` to `to`, both inclusive; an absent end is open. */
export type RegularHours = {
  readonly from?: string;
  readonly to?: string;
  readonly windows: readonly TradingWindow[];
};

/**
 * What is known about the days of one market. Dates are exchange dates, YYYY-MM-DD.
 *
 * A special session wins over a holiday of its date, a holiday over the weekday. Only continuous trading counts:
 * auctions, pre-open and post-close are no session.
 */
export type CalendarData = {
  readonly zone: string;
  /** Dates outside are unknown, hence closed. Without it every date is known. */
  readonly coverage?: { readonly from: string; readonly to: string };
  /** Days on which the market trades; 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly hours: readonly RegularHours[];
  readonly holidays?: readonly string[];
  readonly earlyCloses?: readonly { readonly close: string; readonly dates: readonly string[] }[];
  /** Hours by date; an empty list means that it traded at hours nobody could tell. */
  readonly specialSessions?: Readonly<Record<string, readonly TradingWindow[]>>;
};

export const MONDAY_TO_FRIDAY: readonly number[] = [1, 2, 3, 4, 5];
export const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/** `{ 2015: '01-26 02-17' }` → `['2015-01-26', '2015-02-17']`: long lists of dates that one can still read. */
export function datesOf(byYear: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(byYear).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`));
}
