import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilOfDay,
  DAY_MS,
  dayOfCivil,
  formatClock,
  formatDay,
  parseClock,
  parseDay,
  weekdayOfDay,
} from '../../../../src/core/domain/market/civil.ts';

describe('civil days', () => {
  it('agrees with Date over six centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 120_000 }), (day) => {
        const date = new Date(day * DAY_MS);
        expect(civilOfDay(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(dayOfCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
        expect(weekdayOfDay(day)).toBe(date.getUTCDay());
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
  ])('%s is day %d', (date, day) => {
    expect(parseDay(date)).toBe(day);
    expect(formatDay(day)).toBe(date);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-1-1',
    '20230101',
    ' 2023-01-01',
    '',
  ])('refuses %s', (text) => expect(parseDay(text)).toBeUndefined());
});

describe('times of day', () => {
  it.each([
    ['00:00', 0],
    ['09:15', 33_300_000],
    ['09:15:30', 33_330_000],
    ['24:00', 86_400_000],
  ])('%s is %d ms', (text, ms) => expect(parseClock(text)).toBe(ms));

  it.each(['9:15', '24:01', '25:00', '09:60', '0915', '09:15:60', ''])('refuses %s', (text) =>
    expect(parseClock(text)).toBeUndefined(),
  );

  it.each([
    [0, '00:00:00'],
    [33_330_000, '09:15:30'],
    [33_330_007, '09:15:30.007'],
  ])('%d ms is %s', (ms, text) => expect(formatClock(ms)).toBe(text));
});
