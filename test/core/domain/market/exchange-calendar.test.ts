import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarData, MONDAY_TO_FRIDAY } from '../../../../src/core/domain/market/calendar-data.ts';
import { createExchangeCalendar } from '../../../../src/core/domain/market/exchange-calendar.ts';

const MINUTE = 60_000;
const OFFSETS = {
  entryFromOffsetMs: 5 * MINUTE,
  entryUntilOffsetMs: 45 * MINUTE,
  squareOffOffsetMs: 18 * MINUTE,
};

const data: CalendarData = {
  zone: 'UTC',
  coverage: { from: '2024-01-01', to: '2024-12-31' },
  weekdays: MONDAY_TO_FRIDAY,
  hours: [
    { to: '2024-06-30', windows: [['09:00', '16:00']] },
    {
      from: '2024-07-01',
      windows: [
        ['09:00', '12:00'],
        ['13:00', '16:00'],
      ],
    },
  ],
  holidays: ['2024-01-03', '2024-01-05'],
  earlyCloses: [{ close: '12:30', dates: ['2024-01-04', '2024-07-04'] }],
  specialSessions: {
    '2024-01-05': [['18:00', '19:00']],
    '2024-01-06': [],
    '2024-01-07': [['10:00', '10:10']],
  },
};

const calendar = createExchangeCalendar(data, OFFSETS);

function at(text: string): number {
  return Date.parse(`${text}Z`);
}

/** `2024-01-02 09:00-16:00` of every session that touches these days. */
function hoursOf(from: string, to: string): readonly string[] {
  return calendar
    .sessions(at(`${from}T00:00`), at(`${to}T23:59`))
    .map(({ date, openAt, closeAt }) => `${date} ${clockOf(openAt)}-${clockOf(closeAt)}`);
}

function clockOf(instant: number): string {
  return new Date(instant).toISOString().slice(11, 16);
}

describe('createExchangeCalendar', () => {
  it('knows weekdays, holidays, early closes and special sessions, in that order of yielding', () => {
    expect(hoursOf('2024-01-02', '2024-01-08')).toEqual([
      '2024-01-02 09:00-16:00',
      '2024-01-04 09:00-12:30',
      '2024-01-05 18:00-19:00',
      '2024-01-07 10:00-10:10',
      '2024-01-08 09:00-16:00',
    ]);
  });

  it('makes two sessions of two windows, and cuts or drops them at an early close', () => {
    expect(hoursOf('2024-07-03', '2024-07-04')).toEqual([
      '2024-07-03 09:00-12:00',
      '2024-07-03 13:00-16:00',
      '2024-07-04 09:00-12:00',
    ]);
  });

  it('changes hours on the date they change', () => {
    expect(hoursOf('2024-06-28', '2024-07-01')).toEqual([
      '2024-06-28 09:00-16:00',
      '2024-07-01 09:00-12:00',
      '2024-07-01 13:00-16:00',
    ]);
  });

  it('is closed outside its coverage, and says on which weekdays', () => {
    expect(hoursOf('2023-12-25', '2023-12-31')).toEqual([]);
    expect(calendar.unknownDates(at('2023-12-28T00:00'), at('2024-01-02T00:00'))).toEqual([
      '2023-12-28',
      '2023-12-29',
    ]);
    expect(calendar.unknownDates(at('2024-12-30T00:00'), at('2025-01-02T00:00'))).toEqual([
      '2025-01-01',
      '2025-01-02',
    ]);
  });

  it('lists a special session of unknown hours as unknown', () => {
    expect(calendar.unknownDates(at('2024-01-01T00:00'), at('2024-12-31T00:00'))).toEqual(['2024-01-06']);
  });

  it('gives sessions that overlap the range, the close left out', () => {
    const [session] = calendar.sessions(at('2024-01-02T15:59'), at('2024-01-02T15:59'));
    expect(session?.date).toBe('2024-01-02');
    expect(calendar.sessions(at('2024-01-02T16:00'), at('2024-01-02T20:00'))).toEqual([]);
    expect(calendar.sessions(at('2024-01-02T08:00'), at('2024-01-02T08:59'))).toEqual([]);
    expect(calendar.sessions(at('2024-01-02T08:00'), at('2024-01-02T09:00'))).toHaveLength(1);
  });

  it('reckons entry window and square-off from that day’s open and close', () => {
    const [regular] = calendar.sessions(at('2024-01-02T10:00'), at('2024-01-02T10:00'));
    expect(regular).toEqual({
      date: '2024-01-02',
      openAt: at('2024-01-02T09:00'),
      closeAt: at('2024-01-02T16:00'),
      openTimeOfDayMs: 540 * MINUTE,
      entryFromAt: at('2024-01-02T09:05'),
      entryUntilAt: at('2024-01-02T15:15'),
      squareOffAt: at('2024-01-02T15:42'),
    });
    const [half] = calendar.sessions(at('2024-01-04T10:00'), at('2024-01-04T10:00'));
    expect(half).toMatchObject({ entryUntilAt: at('2024-01-04T11:45'), squareOffAt: at('2024-01-04T12:12') });
  });

  it('leaves the entry window of a very short session empty and squares off no earlier than its open', () => {
    const [session] = calendar.sessions(at('2024-01-07T10:00'), at('2024-01-07T10:00'));
    expect(session?.entryUntilAt).toBeLessThan(session?.entryFromAt ?? 0);
    expect(session?.squareOffAt).toBe(session?.openAt);
  });

  it('has no square-off where the offsets have none', () => {
    const overnight = createExchangeCalendar(data, { ...OFFSETS, squareOffOffsetMs: null });
    expect(
      overnight.sessions(at('2024-01-02T10:00'), at('2024-01-02T10:00'))[0]?.squareOffAt,
    ).toBeUndefined();
  });

  it('gives the same sessions whether asked at once or piecewise', () => {
    const day = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        const [from = 0, cut = 0, to = 0] = [a, b, c]
          .sort((x, y) => x - y)
          .map((n) => at('2023-12-15T00:00') + n * 86_400_000);
        const whole = calendar.sessions(from, to);
        const parts = [...calendar.sessions(from, cut - 1), ...calendar.sessions(cut, to)];
        expect(parts).toEqual(whole);
      }),
    );
  });
});
