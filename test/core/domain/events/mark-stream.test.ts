import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../../src/core/domain/events/events.ts';
import { createMarkStream } from '../../../../src/core/domain/events/mark-stream.ts';
import { marksOf, marksOfSession } from '../../../../src/core/domain/events/marks.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { sessionsFrom } from '../../../../src/core/domain/market/sessions-from.ts';

const DAY = 86_400_000;

describe('marks without end', () => {
  it.each([
    ['nse', '2015-07-06T09:15:00+05:30'],
    ['nse', '2015-07-06T15:20:00+05:30'],
    ['nse', '2015-07-05T00:00:00+05:30'],
    ['us', '2015-11-26T12:00:00-05:00'],
    ['crypto', '2015-07-06T00:00:00Z'],
    ['crypto', '2015-07-06T13:00:00Z'],
  ])('are those of history: %s from %s', (market, from) => {
    const { calendar } = createMarket(market);
    const feedFrom = Date.parse(from);
    const feedTo = feedFrom + 9 * DAY;
    const stream = createMarkStream(sessionsFrom(calendar, feedFrom), feedFrom);
    const instants: (readonly Mark[])[] = [];
    while (stream.nextAt <= feedTo) instants.push(stream.take(stream.nextAt));
    const expected = marksOf(calendar.sessions(feedFrom, feedTo), feedFrom, feedTo).slice(0, -1);
    expect(instants.flat()).toEqual(expected);
    const times = instants.map(([first]) => first?.at ?? Number.NaN);
    expect(times).toEqual([...new Set(times)]);
  });

  it('there are none at another time', () => {
    const { calendar } = createMarket('nse');
    const feedFrom = Date.parse('2015-07-06T09:15:00+05:30');
    const stream = createMarkStream(sessionsFrom(calendar, feedFrom), feedFrom);
    expect(stream.take(feedFrom - 1)).toEqual([]);
    expect(stream.nextAt).toBe(feedFrom);
  });
});

it('a session that was over when the feed began has no marks', () => {
  const { calendar } = createMarket('nse');
  const [session] = calendar.sessions(Date.parse('2015-07-06T00:00Z'), Date.parse('2015-07-06T12:00Z'));
  if (session === undefined) throw new Error('The calendar has lost a day.');
  expect(marksOfSession(session, session.closeAt)).toEqual([]);
  expect(marksOfSession(session, session.closeAt - 1).length).toBe(3);
});
