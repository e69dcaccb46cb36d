import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NYSE_CALENDAR } from '../../../../../src/core/domain/market/calendars/nyse.ts';
import { createMarket } from '../../../../../src/core/domain/market/presets/catalog.ts';
import { formatLocal, localToUtc } from '../../../../../src/core/domain/market/zone.ts';
import { SHARED, sharedFile } from '../../../../shared.ts';

const ZONE = 'America/New_York';
const { calendar } = createMarket('us');

function dayAt(date: string, hour = 0): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return localToUtc(ZONE, year, month, day, hour * 3_600_000);
}

function sessionsOn(from: string, to = from) {
  return calendar.sessions(dayAt(from), dayAt(to, 24) - 1);
}

function utcHours(date: string): readonly string[] {
  return sessionsOn(date).map(({ openAt, closeAt }) => `${isoClock(openAt)}-${isoClock(closeAt)}`);
}

function isoClock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

describe('NYSE calendar', () => {
  it.each([
    ['winter time', '2020-03-06', ['14:30-21:00']],
    ['the Monday after the clocks went forward', '2020-03-09', ['13:30-20:00']],
    ['the Friday before they go back', '2020-10-30', ['13:30-20:00']],
    ['the Monday after', '2020-11-02', ['14:30-21:00']],
    ['the day after Thanksgiving, until 13:00', '2020-11-27', ['14:30-18:00']],
    ['Thanksgiving', '2020-11-26', []],
    ['Good Friday', '2021-04-02', []],
    ['the first Juneteenth kept', '2022-06-20', []],
    ['the day of mourning of 2025', '2025-01-09', []],
    ['the days after the attacks', '2001-09-14', []],
    ['a late open that one source alone names', '2001-09-17', ['13:30-20:00']],
    ['a Sunday', '2020-11-29', []],
  ])('knows %s: %s', (_what, date, hours) => {
    expect(utcHours(date)).toEqual(hours);
  });

  it('reckons a half day’s window and square-off from its close', () => {
    const [session] = sessionsOn('2020-11-27');
    const clocks = [session?.entryFromAt, session?.entryUntilAt, session?.squareOffAt].map((at) =>
      formatLocal(ZONE, at ?? 0).slice(11, 16),
    );
    expect(clocks).toEqual(['09:35', '12:15', '12:45']);
  });

  // Trading days of the year as the exchange counts them; 2001 lost four to the attacks, 2012 two to a hurricane.
  it.each([
    [2001, 248],
    [2012, 250],
    [2019, 252],
    [2020, 253],
    [2023, 250],
    [2024, 252],
  ])('had in %d %d sessions', (year, count) => {
    expect(sessionsOn(`${year}-01-01`, `${year}-12-31`)).toHaveLength(count);
  });

  it('knows all dates from 2000 to 2030', () => {
    expect(calendar.unknownDates(dayAt('2000-01-01'), dayAt('2030-12-31'))).toEqual([]);
    expect(calendar.unknownDates(dayAt('1999-12-31'), dayAt('2000-01-03'))).toEqual(['1999-12-31']);
    expect(calendar.unknownDates(dayAt('2030-12-31'), dayAt('2031-01-01'))).toEqual(['2031-01-01']);
  });
});

describe.skipIf(SHARED === undefined)('NYSE calendar against its sources (needs ../shared)', () => {
  it('holds every holiday and early close of the collected data', () => {
    const source = JSON.parse(readFileSync(sharedFile('data/calendars/nyse.json'), 'utf8'));
    expect(NYSE_CALENDAR.holidays).toEqual(datesOf(source.holidays));
    expect(NYSE_CALENDAR.earlyCloses).toEqual([{ close: '13:00', dates: datesOf(source.earlyCloses) }]);
  });

  it('has a session for each of the 2,148 days of GOOG from 2004-08-19 to 2013-03-01, and no other', () => {
    const text = readFileSync(sharedFile('data/backtesting_py/GOOG.csv'), 'utf8');
    const dates = [...text.matchAll(/^(\d{4}-\d\d-\d\d)/gm)].map(([date]) => date);
    expect(dates).toHaveLength(2148);
    expect(sessionsOn('2004-08-19', '2013-03-01').map(({ date }) => date)).toEqual(dates);
  });

  it('has the 20 sessions of SPY in January 2011', () => {
    const text = readFileSync(sharedFile('data/us/nt-spy-minute-2011.csv'), 'utf8');
    // UTC, end stamps: 16:00 UTC lies inside every regular session and in no evening that runs past midnight.
    const noons = [...text.matchAll(/^(\d{4})(\d\d)(\d\d) 160000/gm)];
    const dates = noons.map(([, year, month, day]) => `${year}-${month}-${day}`);
    expect(dates).toHaveLength(20);
    expect(sessionsOn('2011-01-03', '2011-01-31').map(({ date }) => date)).toEqual(dates);
  });
});

function datesOf(days: readonly { readonly date: string }[]): readonly string[] {
  return days.map(({ date }) => date).sort();
}
