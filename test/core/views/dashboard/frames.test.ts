import { describe, expect, it } from 'vitest';
import type { TapeCandle } from '../../../../src/core/views/dashboard/fold/candle-ring.ts';
import { joinCandles, vwapOf } from '../../../../src/core/views/dashboard/frames.ts';

const MINUTE = 60_000;

/** Minutes of one session that opens at `sessionOpenAt`: `[minute, open, high, low, close, volume]`. */
function minutes(sessionOpenAt: number, ...rows: readonly (readonly number[])[]): readonly TapeCandle[] {
  return rows.map(([minute = 0, open = 0, high = 0, low = 0, close = 0, volume = Number.NaN]) => {
    const openAt = sessionOpenAt + minute * MINUTE;
    return { slot: 0, openAt, closeAt: openAt + MINUTE, open, high, low, close, volume, sessionOpenAt };
  });
}

describe('joined candles', () => {
  it('stand at the open of their session, not at the full hour, and invent nothing', () => {
    const open = 7 * MINUTE; // a session that opens at an odd time
    const base = minutes(
      open,
      [0, 10, 12, 9, 11, 100],
      [4, 11, 15, 11, 14, 50],
      [5, 14, 14, 8, 9, 30],
      [16, 9, 9, 9, 9, 10],
    );
    const joined = joinCandles(base, 5 * MINUTE);
    expect(
      joined.map(({ openAt, open: o, high, low, close, volume }) => [
        (openAt - open) / MINUTE,
        o,
        high,
        low,
        close,
        volume,
      ]),
    ).toEqual([
      [0, 10, 15, 9, 14, 150],
      [5, 14, 14, 8, 9, 30],
      [15, 9, 9, 9, 9, 10],
    ]);
  });

  it('do not reach over a session', () => {
    const base = [...minutes(0, [374, 1, 1, 1, 1, 1]), ...minutes(375 * MINUTE, [0, 2, 2, 2, 2, 2])];
    expect(joinCandles(base, 60 * MINUTE)).toHaveLength(2);
  });
});

describe('VWAP', () => {
  it('weighs typical prices by volume from the open of each session', () => {
    // (12 + 9 + 12) ÷ 3 = 11, (18 + 12 + 15) ÷ 3 = 15: (11 × 100 + 15 × 300) ÷ 400 = 14
    const first = minutes(0, [0, 9, 12, 9, 12, 100], [1, 12, 18, 12, 15, 300]);
    const second = minutes(400 * MINUTE, [0, 20, 21, 19, 20, 5]);
    expect(vwapOf([...first, ...second])).toEqual([11, 14, 20]);
  });

  it('is not there where the session’s beginning is not, nor without volume', () => {
    expect(vwapOf(minutes(0, [3, 9, 12, 9, 12, 100]))).toEqual([Number.NaN]);
    expect(vwapOf(minutes(0, [0, 9, 12, 9, 12]))).toEqual([Number.NaN]);
  });
});
