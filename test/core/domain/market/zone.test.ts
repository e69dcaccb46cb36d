import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateOf,
  formatLocal,
  isKnownZone,
  localClockMs,
  localToUtc,
  zoneOffsetMs,
} from '../../../../src/core/domain/market/zone.ts';

const HOUR = 3_600_000;
const NEW_YORK = 'America/New_York';

function utc(text: string): number {
  return Date.parse(`${text}Z`);
}

describe('zoneOffsetMs', () => {
  it.each([
    ['Asia/Kolkata', '2015-07-06T03:46', 5.5],
    ['UTC', '2015-07-06T03:46', 0],
    [NEW_YORK, '2020-01-15T12:00', -5],
    [NEW_YORK, '2020-07-15T12:00', -4],
    // 2020-03-08, clocks go from 02:00 to 03:00: 07:00 UTC
    [NEW_YORK, '2020-03-08T06:59:59.999', -5],
    [NEW_YORK, '2020-03-08T07:00', -4],
    // 2020-11-01, clocks go from 02:00 back to 01:00: 06:00 UTC
    [NEW_YORK, '2020-11-01T05:59:59.999', -4],
    [NEW_YORK, '2020-11-01T06:00', -5],
    // before 2007 the changes fell on the first Sunday of April and the last of October
    [NEW_YORK, '2006-03-20T12:00', -5],
    [NEW_YORK, '2006-11-01T12:00', -5],
    // half an hour, turned at 02:00 local on 2020-04-05
    ['Australia/Lord_Howe', '2020-04-04T14:59', 11],
    ['Australia/Lord_Howe', '2020-04-04T15:00', 10.5],
    // Samoa skipped 2011-12-30
    ['Pacific/Apia', '2011-12-30T09:59', -10],
    ['Pacific/Apia', '2011-12-30T10:00', 14],
    ['+05:30', '2015-07-06T03:46', 5.5],
    ['-04:00', '2015-07-06T03:46', -4],
  ])('%s at %s UTC is %d hours', (zone, at, hours) => {
    expect(zoneOffsetMs(zone, utc(at))).toBe(hours * HOUR);
  });

  it('refuses an unknown zone with an example', () => {
    expect(() => zoneOffsetMs('Asia/Mumbai', 0)).toThrow('Unknown time zone "Asia/Mumbai".');
  });
});

describe('localToUtc', () => {
  it.each([
    ['an Indian morning', 'Asia/Kolkata', [2015, 7, 6], 9.25, '2015-07-06T03:45'],
    ['a New York morning in winter', NEW_YORK, [2020, 3, 6], 9.5, '2020-03-06T14:30'],
    ['a New York morning in summer', NEW_YORK, [2020, 3, 9], 9.5, '2020-03-09T13:30'],
    ['the hour before the clocks go forward', NEW_YORK, [2020, 3, 8], 1.5, '2020-03-08T06:30'],
    ['a time that never happened, moved on', NEW_YORK, [2020, 3, 8], 2.5, '2020-03-08T07:30'],
    ['the hour after the clocks went forward', NEW_YORK, [2020, 3, 8], 3, '2020-03-08T07:00'],
    ['the first of two half past ones', NEW_YORK, [2020, 11, 1], 1.5, '2020-11-01T05:30'],
    ['two o’clock after the clocks went back', NEW_YORK, [2020, 11, 1], 2, '2020-11-01T07:00'],
    ['midnight at the end of a day', 'UTC', [2020, 2, 29], 24, '2020-03-01T00:00'],
  ])('reads %s', (_what, zone, [year = 0, month = 0, day = 0], hour, at) => {
    expect(localToUtc(zone, year, month, day, hour * HOUR)).toBe(utc(at));
  });

  it('leads back to the same local time, but for the hour that is missing', () => {
    const zones = fc.constantFrom(NEW_YORK, 'Asia/Kolkata', 'Europe/London', 'Australia/Lord_Howe', 'UTC');
    const instants = fc.integer({ min: utc('2000-01-01T00:00'), max: utc('2030-12-31T00:00') });
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const [year = 0, month = 0, day = 0] = dateOf(zone, at).split('-').map(Number);
        const back = localToUtc(zone, year, month, day, localClockMs(zone, at));
        expect(formatLocal(zone, back).slice(0, 19)).toBe(formatLocal(zone, at).slice(0, 19));
        expect([0, -HOUR, -HOUR / 2]).toContain(back - at);
      }),
    );
  });

  it('agrees with Intl at any instant', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: NEW_YORK,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: utc('2000-01-01T00:00'), max: utc('2030-12-31T00:00') }), (at) => {
        expect(formatLocal(NEW_YORK, at).slice(0, 19)).toBe(format.format(at));
      }),
    );
  });
});

describe('local time as text', () => {
  it('bears the offset in force', () => {
    expect(formatLocal('Asia/Kolkata', utc('2015-07-06T03:46'))).toBe('2015-07-06 09:16:00+05:30');
    expect(formatLocal(NEW_YORK, utc('2020-07-06T13:30'))).toBe('2020-07-06 09:30:00-04:00');
    expect(formatLocal('UTC', utc('2020-07-06T13:30'))).toBe('2020-07-06 13:30:00+00:00');
    expect(formatLocal('UTC', utc('2020-07-06T13:30:01.250'))).toBe('2020-07-06 13:30:01.250+00:00');
  });

  it('gives the local date', () => {
    expect(dateOf('Asia/Kolkata', utc('2015-07-06T18:29'))).toBe('2015-07-06');
    expect(dateOf('Asia/Kolkata', utc('2015-07-06T18:30'))).toBe('2015-07-07');
    expect(dateOf(NEW_YORK, utc('2015-07-06T03:59'))).toBe('2015-07-05');
  });
});

describe('isKnownZone', () => {
  it.each(['UTC', 'Asia/Kolkata', 'America/New_York', 'Asia/Calcutta', '+05:30', '-04:00'])(
    'knows %s',
    (zone) => expect(isKnownZone(zone)).toBe(true),
  );
  it.each(['Asia/Mumbai', '', 'Mars/Olympus', '+5:30', '+25:00', '__proto__'])('does not know "%s"', (zone) =>
    expect(isKnownZone(zone)).toBe(false),
  );
});
