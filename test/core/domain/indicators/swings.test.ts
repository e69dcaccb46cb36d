import { describe, expect, it } from 'vitest';
import { type Drawn, tape } from '../rules/make-tape.ts';
import { reading, readOut } from './read-out.ts';

/** Candles of range 2 around their middle. */
function middles(...values: readonly number[]): readonly Drawn[] {
  return values.map((middle) => [middle, middle + 1, middle - 1, middle]);
}

/** The same upside down. */
function mirrored(drawn: readonly Drawn[]): readonly Drawn[] {
  return drawn.map(([open, high, low, close]) => [200 - open, 200 - low, 200 - high, 200 - close]);
}

describe('prev_swing_high', () => {
  // The high 105 + 1 forms on candle 3 and is confirmed by candle 6, three later.
  const hill = middles(100, 101, 103, 105, 103, 102, 101, 100, 100);

  it('counts a pivot from the candle after the one that confirms it', () => {
    const out = readOut(reading('prev_swing_high'), tape(hill));
    expect(out.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => undefined));
    expect(out.slice(7)).toEqual([106, 106]);
  });

  it('says what it waits for', () => {
    expect(reading('prev_swing_high').why()).toBe('no swing high confirmed yet');
  });

  it('keeps the last one until another is confirmed, higher or lower', () => {
    const twoHills = [...hill, ...middles(101, 102, 101, 100, 99, 98)];
    // The second high 102 + 1 forms on candle 10, is confirmed by 13, counts from 14.
    expect(readOut(reading('prev_swing_high'), tape(twoHills)).slice(13)).toEqual([106, 103]);
  });
});

describe('prev_swing_low', () => {
  it('is the mirror of prev_swing_high', () => {
    const valley = mirrored(middles(100, 101, 103, 105, 103, 102, 101, 100));
    expect(readOut(reading('prev_swing_low'), tape(valley)).at(-1)).toBe(200 - 106);
  });
});

describe('pullback_depth', () => {
  // Low 90 - 1 on candle 3, high 110 + 1 on candle 9: a leg of 22.
  const leg = middles(96, 94, 92, 90, 94, 98, 102, 105, 108, 110);
  const shallow = middles(109, 108, 107);

  it('is the part of the leg given back since its high', () => {
    // Lowest low since the high: 107 - 1 = 106; (111 - 106) ÷ 22.
    expect(readOut(reading('pullback_depth'), tape([...leg, ...shallow])).at(-1)).toBeCloseTo(5 / 22, 12);
  });

  it('is undefined until the high is confirmed', () => {
    const depth = reading('pullback_depth');
    expect(readOut(depth, tape([...leg, ...shallow.slice(0, 2)])).every((value) => value === undefined)).toBe(
      true,
    );
    expect(depth.why()).toBe('no up-leg confirmed yet');
  });

  it('grows with a deeper low and does not shrink when price comes back', () => {
    // 100 - 1 = 99; (111 - 99) ÷ 22.
    const out = readOut(reading('pullback_depth'), tape([...leg, ...shallow, ...middles(100, 104)]));
    expect(out.slice(-2)).toEqual([12 / 22, 12 / 22]);
  });

  it('takes the newer leg once its high is confirmed', () => {
    // The dip to 107 - 1 becomes a swing low; the leg from there to 120 + 1 has given back 121 - (116 - 1).
    const newer = middles(112, 116, 120, 119, 118, 116);
    const out = readOut(reading('pullback_depth'), tape([...leg, ...shallow, ...newer]));
    expect(out.at(-1)).toBeCloseTo(6 / (121 - 106), 12);
  });

  it('goes on to the higher high where no swing low came between', () => {
    // Highs 110 and 115, and lows that only rise, so the leg runs from 89 to 115; lowest low after that 107.
    const rising = (
      [
        [110, 102],
        [108, 103],
        [108, 104],
        [108, 105],
        [115, 106],
        [113, 107],
        [113, 108],
        [113, 107.5],
      ] as const
    ).map(([high, low]): Drawn => [low + 1, high, low, low + 1]);
    const tapes = tape([...leg.slice(0, 7), ...rising]);
    const out = readOut(reading('pullback_depth'), tapes);
    // The first high is known by candle 10: lowest low since then 103, of a leg of 110 - 89.
    expect(out[10]).toBeCloseTo(7 / 21, 12);
    expect(out.at(-1)).toBeCloseTo(8 / 26, 12);
  });

  it('mirrors for shorts', () => {
    const tapes = [...leg, ...shallow, ...middles(100, 104)];
    const long = readOut(reading('pullback_depth'), tape(tapes));
    const short = readOut(reading('pullback_depth', { direction: 'short' }), tape(mirrored(tapes)));
    expect(short).toEqual(long);
  });

  it.each([
    ['rose, so that its low came first: the leg is its own', 104, 12 / 20],
    ['fell, so that its high came first: no leg ends at its low', 96, undefined],
  ])('where one candle is both swings: it %s', (_, close, expected) => {
    // High 110 and low 90 of candle 3, inside candles around it down to 98.
    const both: readonly Drawn[] = [...middles(100, 100, 100), [100, 110, 90, close], ...middles(99, 99, 99)];
    const long = readOut(reading('pullback_depth'), tape(both));
    const short = readOut(reading('pullback_depth', { direction: 'short' }), tape(mirrored(both)));
    expect(long.at(-1)).toBe(expected);
    expect(short).toEqual(long);
  });
});

describe('bullish_rsi_div', () => {
  // A fast fall to a first low, a rally, and a slow fall to a lower low: the RSI of the second is higher.
  const closes = [
    100, 99, 100, 99, 100, 96, 92, 88, 84, 80, 85, 90, 92, 91, 90, 88, 87, 85, 83, 81, 79.5, 81, 82, 83,
  ];
  const drawn = closes.map((close): Drawn => [close, close + 0.25, close - 0.25, close]);
  const after = [84, 85, 86, 87, 88, 89].map((close): Drawn => [close, close + 0.25, close - 0.25, close]);
  const params = { period: 5 };

  it('is true for five candles, from the one that confirms the second low', () => {
    const out = readOut(reading('bullish_rsi_div', params), tape([...drawn, ...after]));
    // The low 79.5 forms on candle 20 and is known at the close of candle 23.
    expect(out.indexOf(1)).toBe(23);
    expect(out.slice(23)).toEqual([1, 1, 1, 1, 1, 0, 0]);
  });

  it('needs the lower price: a second low at the first one is none', () => {
    const same = drawn.map((candle, k): Drawn => (k === 20 ? [80, 80.25, 79.75, 80] : candle));
    const out = readOut(reading('bullish_rsi_div', params), tape(same));
    expect(out.at(-1)).toBe(0);
  });

  it('needs the higher RSI: a fall as fast as the first is none', () => {
    const fast = [100, 99, 100, 99, 100, 98, 96, 94, 92, 90, 91, 92, 91.5, 84, 77, 70, 62, 70, 72, 74].map(
      (close): Drawn => [close, close + 0.25, close - 0.25, close],
    );
    const out = readOut(reading('bullish_rsi_div', params), tape(fast));
    expect(out.filter((value) => value === 1)).toEqual([]);
    expect(out.at(-1)).toBe(0);
  });

  it('is undefined until two lows have their RSI', () => {
    const divergence = reading('bullish_rsi_div', params);
    expect(readOut(divergence, tape(drawn.slice(0, 23))).every((value) => value === undefined)).toBe(true);
    expect(divergence.why()).toMatch(/^warming up \(\d of 2 swing lows\)$/);
  });

  it('passes over a low that formed before there was an RSI', () => {
    const early = [93, 92, 91, 85, 91, 92, 93].map(
      (close): Drawn => [close, close + 0.25, close - 0.25, close],
    );
    const out = readOut(reading('bullish_rsi_div', params), tape([...early, ...drawn]));
    // The low 80 of candle 7 + 9 is the first that counts; the second is known at candle 7 + 23.
    expect(out.slice(0, -1).every((value) => value === undefined)).toBe(true);
    expect(out.at(-1)).toBe(1);
  });

  it('has bearish_rsi_div as its mirror', () => {
    const both = [...drawn, ...after];
    const bullish = readOut(reading('bullish_rsi_div', params), tape(both));
    expect(readOut(reading('bearish_rsi_div', params), tape(mirrored(both)))).toEqual(bullish);
  });
});
