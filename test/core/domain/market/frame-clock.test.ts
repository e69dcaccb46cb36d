import { describe, expect, it } from 'vitest';
import { createCandleView } from '../../../../src/core/domain/market/candle.ts';
import { createFrameClock } from '../../../../src/core/domain/market/frame-clock.ts';
import type { Session } from '../../../../src/core/domain/market/session.ts';

const MINUTE = 60_000;

/** Open from minute 0 to minute 62: no whole number of anything but a minute and two. */
const SESSION: Session = {
  date: '2015-07-06',
  openAt: 0,
  closeAt: 62 * MINUTE,
  openTimeOfDayMs: 0,
  entryFromAt: 0,
  entryUntilAt: 62 * MINUTE,
  squareOffAt: undefined,
};

type Base = readonly [minute: number, open: number, high: number, low: number, close: number];

/** A clock of one symbol; what its timeframes close is written `5m 0-5 at 7: open high low close volume`. */
function open(timeframes: readonly number[], feedFrom = 0) {
  const closed: string[] = [];
  const clock = createFrameClock(
    timeframes.map((minutes) => ({
      slot: 0,
      timeframeMs: minutes * MINUTE,
      onClose({ openAt, closeAt, open: first, high, low, close, volume }, at) {
        const span = `${openAt / MINUTE}-${closeAt / MINUTE} at ${at / MINUTE}`;
        closed.push(`${minutes}m ${span}: ${first} ${high} ${low} ${close} ${volume}`);
      },
    })),
    1,
  );
  clock.startSession(SESSION, feedFrom * MINUTE);
  const view = createCandleView(0);
  return {
    closed,
    clock,
    /** Each an instant of its own, at its close. */
    candles(...bases: readonly Base[]) {
      for (const [minute, first, high, low, close] of bases) {
        const [openAt, closeAt] = [minute * MINUTE, (minute + 1) * MINUTE];
        Object.assign(view, { openAt, closeAt, open: first, high, low, close, volume: 10 });
        clock.add(view, closeAt);
        clock.closeDue(closeAt);
      }
      return closed;
    },
  };
}

describe('candles of higher timeframes', () => {
  it('join their base candles, anchored at the open of the session', () => {
    const of = open([2, 3]);
    expect(of.candles([0, 10, 12, 9, 11], [1, 11, 15, 11, 14], [2, 14, 14, 8, 9])).toEqual([
      '2m 0-2 at 2: 10 15 9 14 20',
      '3m 0-3 at 3: 10 15 8 9 30',
    ]);
  });

  it('close shortest first where several end at one instant', () => {
    const of = open([2, 4]);
    of.candles([3, 1, 1, 1, 1]);
    expect(of.closed).toEqual(['2m 2-4 at 4: 1 1 1 1 10', '4m 0-4 at 4: 1 1 1 1 10']);
  });

  it('are cut at the close of the session', () => {
    const of = open([60]);
    of.candles([59, 1, 1, 1, 1], [60, 2, 3, 2, 3], [61, 3, 3, 1, 1]);
    expect(of.closed).toEqual(['60m 0-60 at 60: 1 1 1 1 10', '60m 60-62 at 62: 2 3 1 1 20']);
  });

  it('close at the next instant of any symbol once their end has passed, and never twice', () => {
    const of = open([5]);
    of.candles([3, 1, 2, 1, 2]);
    of.clock.closeDue(4.9 * MINUTE);
    expect(of.closed).toEqual([]);
    of.clock.closeDue(7 * MINUTE);
    of.clock.closeDue(8 * MINUTE);
    expect(of.closed).toEqual(['5m 0-5 at 7: 1 2 1 2 10']);
  });

  it('close before a base candle behind their end is added', () => {
    const of = open([5]);
    expect(of.candles([3, 1, 2, 1, 2], [9, 5, 6, 4, 5])).toEqual([
      '5m 0-5 at 10: 1 2 1 2 10',
      '5m 5-10 at 10: 5 6 4 5 10',
    ]);
  });

  it('are none where nothing traded, nor where the feed began inside them', () => {
    const of = open([5], 3);
    of.candles([3, 1, 1, 1, 1], [4, 1, 1, 1, 1], [14, 2, 2, 2, 2]);
    expect(of.closed).toEqual(['5m 10-15 at 15: 2 2 2 2 10']);
  });
});
