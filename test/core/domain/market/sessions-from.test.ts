import { describe, expect, it } from 'vitest';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { createSessionFinder, sessionsFrom } from '../../../../src/core/domain/market/sessions-from.ts';

const DAY = 86_400_000;
const { calendar } = createMarket('nse');

describe('sessions one by one', () => {
  it.each([
    ['from an open', Date.parse('2015-07-06T09:15:00+05:30')],
    ['from within a session', Date.parse('2015-07-06T10:00:00+05:30')],
    ['from a holiday', Date.parse('2015-04-03T10:00:00+05:30')],
  ])('are those of the calendar, each once: %s', (_what, fromAt) => {
    const known = calendar.sessions(fromAt, fromAt + 400 * DAY);
    const found = sessionsFrom(calendar, fromAt);
    expect(known.map(() => found.next().value)).toEqual(known);
  });

  it('end where the calendar does', () => {
    const all = [...sessionsFrom(calendar, Date.UTC(2026, 11, 1))];
    expect(all.at(-1)?.date).toBe('2026-12-31');
  });
});

describe('the session of an instant', () => {
  it('is that of the calendar, before, in, between and after sessions', () => {
    const find = createSessionFinder(calendar);
    const [friday, monday] = calendar.sessions(
      Date.parse('2015-07-03T00:00Z'),
      Date.parse('2015-07-06T23:00Z'),
    );
    if (friday === undefined || monday === undefined) throw new Error('The calendar has lost two days.');
    const asked = [
      friday.openAt - 1,
      friday.openAt,
      friday.closeAt - 1,
      friday.closeAt,
      monday.openAt - 1,
      monday.openAt,
      friday.openAt,
      monday.closeAt,
    ];
    expect(asked.map((at) => find(at)?.date)).toEqual([
      undefined,
      '2015-07-03',
      '2015-07-03',
      undefined,
      undefined,
      '2015-07-06',
      '2015-07-03',
      undefined,
    ]);
  });

  it('is asked of the calendar once for a night', () => {
    let asked = 0;
    const counting: typeof calendar = {
      ...calendar,
      sessions: (fromAt, toAt) => {
        asked += 1;
        return calendar.sessions(fromAt, toAt);
      },
    };
    const find = createSessionFinder(counting);
    const close = Date.parse('2015-07-06T15:30:00+05:30');
    for (let ms = 0; ms < 1000; ms += 1) find(close + ms);
    expect(asked).toBe(1);
  });
});
