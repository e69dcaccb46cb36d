import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NSE_CALENDAR } from '../../../../../src/core/domain/market/calendars/nse.ts';
import { createMarket } from '../../../../../src/core/domain/market/presets/catalog.ts';
import { dateOf, formatLocal, localToUtc } from '../../../../../src/core/domain/market/zone.ts';
import { SHARED, sharedFile } from '../../../../shared.ts';

const ZONE = 'Asia/Kolkata';
const MINUTE = 60_000;
const { calendar } = createMarket('nse');

function dayAt(date: string, hour = 0): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return localToUtc(ZONE, year, month, day, hour * 3_600_000);
}

function sessionsOn(from: string, to = from) {
  return calendar.sessions(dayAt(from), dayAt(to, 24) - 1);
}

/** `18:30-19:30` */
function hoursOn(date: string): readonly string[] {
  return sessionsOn(date).map(({ openAt, closeAt }) => `${clockOf(openAt)}-${clockOf(closeAt)}`);
}

function clockOf(at: number): string {
  return formatLocal(ZONE, at).slice(11, 16);
}

describe('NSE calendar', () => {
  it.each([
    ['a regular day', '2015-07-06', ['09:15-15:30']],
    ['a Saturday', '2015-07-04', []],
    ['a holiday', '2015-01-26', []],
    ['a budget Saturday', '2015-02-28', ['09:15-15:30']],
    ['the Muhurat evening of 2014', '2014-10-23', ['18:30-19:30']],
    ['the Muhurat afternoon of 2025', '2025-10-21', ['13:45-14:45']],
    ['the two sessions of the recovery site', '2024-03-02', ['09:15-10:00', '11:30-12:30']],
    ['the outage', '2021-02-24', ['09:15-11:40', '15:45-17:00']],
    ['the last day of the five to ten opening', '2010-01-03', []],
    ['the nine o’clock opening', '2010-01-04', ['09:00-15:30']],
    ['the last day of it', '2010-10-15', ['09:00-15:30']],
    ['the quarter past nine opening', '2010-10-18', ['09:15-15:30']],
    ['closing auctions, which do not shorten the day', '2026-08-03', ['09:15-15:30']],
    ['the day after the last one covered', '2027-01-01', []],
    ['an election, announced late', '2024-05-20', []],
  ])('knows %s: %s', (_what, date, hours) => {
    expect(hoursOn(date)).toEqual(hours);
  });

  it('enters from 09:20 to 14:45 and squares off at 15:12', () => {
    const [session] = sessionsOn('2015-07-06');
    expect(
      [session?.entryFromAt, session?.entryUntilAt, session?.squareOffAt].map((at) => clockOf(at ?? 0)),
    ).toEqual(['09:20', '14:45', '15:12']);
  });

  it('leaves ten minutes of entries in a Muhurat hour', () => {
    const [session] = sessionsOn('2014-10-23');
    expect(
      [session?.entryFromAt, session?.entryUntilAt, session?.squareOffAt].map((at) => clockOf(at ?? 0)),
    ).toEqual(['18:35', '18:45', '19:12']);
  });

  it('lists what it does not know', () => {
    expect(calendar.unknownDates(dayAt('2010-01-01'), dayAt('2026-12-31'))).toEqual([
      '2010-02-06',
      '2010-11-05',
      '2026-11-08',
    ]);
    expect(calendar.unknownDates(dayAt('2009-12-30'), dayAt('2010-01-01'))).toEqual([
      '2009-12-30',
      '2009-12-31',
    ]);
    expect(calendar.unknownDates(dayAt('2026-12-31'), dayAt('2027-01-01'))).toEqual(['2027-01-01']);
  });
});

type SharedCalendar = {
  readonly holidays: readonly { readonly date: string }[];
  readonly specialSessions: readonly { readonly date: string; readonly windows: readonly Phase[] }[];
};
type Phase = { readonly phase: string; readonly start: string; readonly end: string };

describe.skipIf(SHARED === undefined)('NSE calendar against its sources (needs ../shared)', () => {
  it('holds every holiday and special session of the collected data', () => {
    const source: SharedCalendar = JSON.parse(readFileSync(sharedFile('data/calendars/nse.json'), 'utf8'));
    expect(NSE_CALENDAR.holidays).toEqual(source.holidays.map(({ date }) => date).sort());
    const special = source.specialSessions.map(({ date, windows }) => [
      date,
      windows.filter(({ phase }) => phase === 'continuous').map(({ start, end }) => [start, end]),
    ]);
    expect(NSE_CALENDAR.specialSessions).toEqual(Object.fromEntries(special));
  });

  // README of the data: days of each file; stamps are ends of minutes; 18:23 on 2014-10-23 and 09:15 on 2015-07-31 are pre-open;
  // 2015-04-21 is a gap of the file, the market traded.
  it.each([
    ['NIFTY_1min_2015-01_2015-03.csv', 62, [], []],
    ['NIFTY_1min_2014-10_muhurat.csv', 18, [], ['2014-10-23 18:22']],
    ['FEDERALBNK_1min_2015-06_2015-08.csv', 66, [], []],
    ['FEDERALBNK_1min_2015-04_dirty.csv', 18, ['2015-04-21'], []],
    ['FIVE_1min_2015-07_2015-08.csv', 30, [], []],
    ['THREE_no_volume_1min_2015-07.csv', 20, [], ['2015-07-31 09:14']],
  ])('has a session for every day of %s: %d days', (file, days, gaps, strays) => {
    const starts = minuteStartsOf(readFileSync(sharedFile(`data/nse/${file}`), 'utf8'));
    const dates = [...new Set(starts.map((at) => dateOf(ZONE, at)))].sort();
    const sessions = sessionsOn(dates[0] ?? '', dates.at(-1) ?? '');
    expect(dates).toHaveLength(days);
    expect(sessions.map(({ date }) => date)).toEqual([...dates, ...gaps].sort());
    const outside = starts.filter(
      (at) => !sessions.some(({ openAt, closeAt }) => at >= openAt && at < closeAt),
    );
    expect([...new Set(outside)].map((at) => formatLocal(ZONE, at).slice(0, 16))).toEqual(strays);
  });
});

/** Starts of the minutes of a file of `…,yyyymmdd,hh:mm[:ss],…` with end stamps, each once. */
function minuteStartsOf(text: string): readonly number[] {
  const starts = new Set<number>();
  for (const [, y, m, d, hh, mm] of text.matchAll(/,(\d{4})(\d\d)(\d\d),(\d\d):(\d\d)/g)) {
    const clock = (Number(hh) * 60 + Number(mm)) * MINUTE;
    starts.add(localToUtc(ZONE, Number(y), Number(m), Number(d), clock) - MINUTE);
  }
  return [...starts];
}
