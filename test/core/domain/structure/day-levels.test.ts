import { describe, expect, it } from 'vitest';
import { createDayLevels } from '../../../../src/core/domain/structure/day-levels.ts';
import { candleAt, hear, PER_SESSION, type Prices, STEP, sessionAt } from './tape.ts';

const DAY = PER_SESSION * STEP;

function drawn(complete = true) {
  const heard = hear();
  const days = createDayLevels(heard.log);
  let i = 0;
  const next = (prices: Prices): readonly string[] => {
    heard.at(i);
    days.onCandle(candleAt(i, prices));
    i += 1;
    return heard.take();
  };
  const open = (day: number, whole = true): readonly string[] => {
    i = day * PER_SESSION;
    heard.at(i - 1);
    days.startSession(sessionAt(day * DAY), whole, 2);
    return heard.take();
  };
  open(0, complete);
  return { ...heard, days, next, open };
}

describe('createDayLevels', () => {
  it("gives a session's high and low from the next one's open, formed on the candles that made them first", () => {
    const { next, open, events, days } = drawn();
    next([100, 105, 99, 101]);
    next([101, 105, 98, 101]);
    next([101, 104, 98, 101]);
    expect(days.live(1)).toBeUndefined();
    expect(open(1)).toEqual(['formed day', 'formed day']);
    expect(events.map(({ id, knownAt }) => [id, knownAt])).toEqual([
      ['day:1:0:day 0', DAY],
      [`day:-1:${STEP}:day 0`, DAY],
    ]);
    expect([days.live(1)?.level, days.live(-1)?.level]).toEqual([105, 98]);
  });

  it('is touched at its price, swept or broken beyond it', () => {
    const { next, open, days } = drawn();
    next([100, 105, 95, 101]);
    open(1);
    expect(next([100, 105, 99, 101])).toEqual(['touched day']);
    expect(next([100, 105.05, 99, 105])).toEqual(['swept day']);
    expect(days.live(1)).toBeUndefined();
    expect(next([100, 101, 94, 94.5])).toEqual(['touched day', 'broken day']);
    expect(next([94.5, 96, 94, 95])).toEqual(['reclaimed day']);
  });

  it('replaces levels that are still there at the next session', () => {
    const { next, open, days } = drawn();
    next([100, 105, 95, 101]);
    open(1);
    next([100, 103, 97, 101]);
    expect(open(2)).toEqual(['expired day', 'expired day', 'formed day', 'formed day']);
    expect([days.live(1)?.level, days.live(-1)?.level]).toEqual([103, 97]);
  });

  it('keeps the last levels over a session without candles', () => {
    const { next, open, days } = drawn();
    next([100, 105, 95, 101]);
    open(1);
    expect(open(2)).toEqual([]);
    expect(days.live(1)?.level).toBe(105);
  });

  it('gives none of a session that the feed saw only a part of', () => {
    const { next, open, days } = drawn(false);
    next([100, 105, 95, 101]);
    expect(open(1)).toEqual([]);
    expect(days.live(1)).toBeUndefined();
  });
});
