import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGaps } from '../../../../src/core/domain/structure/gaps.ts';
import { candleAt, fold, hear, type Prices, STEP, tapeOf, wanderings } from './tape.ts';

/** Bullish: 101 to 103 with its middle at 102, known at candle 2. */
const RISE: readonly Prices[] = [
  [100, 101, 99.5, 100.5],
  [100.5, 104, 100.5, 103.5],
  [103.5, 105, 103, 104.5],
];
/** The same about 100 turned over: bearish, 99 down to 97. */
const FALL = RISE.map(([open, high, low, close]): Prices => [200 - open, 200 - low, 200 - high, 200 - close]);

function drawn(tape: readonly Prices[], minSizeAtr = 0, atr = 4) {
  const heard = hear();
  const gaps = createGaps({ minSizeAtr }, heard.log);
  let i = 0;
  const next = (prices: Prices): readonly string[] => {
    heard.at(i);
    const candle = candleAt(i, prices);
    gaps.onCandle(candle);
    gaps.detect(candle, atr);
    i += 1;
    return heard.take();
  };
  const told = tape.map(next);
  return { ...heard, gaps, next, told };
}

describe('createGaps', () => {
  it('knows a gap at the close of its third candle', () => {
    const { told, events } = drawn(RISE);
    expect(told).toEqual([[], [], ['formed gap']]);
    const known = { dir: 1, formedAt: STEP, knownAt: 3 * STEP, top: 103, bottom: 101, level: 102 };
    expect(events[0]?.object).toMatchObject(known);
    expect(events[0]?.id).toBe(`gap:1:${STEP}:102`);
  });

  it('mirrors it', () => {
    const { events, gaps } = drawn(FALL);
    expect(events[0]?.object).toMatchObject({ dir: -1, top: 99, bottom: 97, level: 98 });
    expect(gaps.open(-1)).toHaveLength(1);
    expect(gaps.open(1)).toEqual([]);
  });

  it('needs a middle candle that rose', () => {
    const [first, , third] = RISE;
    expect(drawn([first ?? [0, 0, 0, 0], [103.5, 104, 100.5, 103.5], third ?? [0, 0, 0, 0]]).events).toEqual(
      [],
    );
  });

  it('leaves out gaps that are small in ATR, and all while the ATR warms up', () => {
    // 2 points: exactly 0.25 of an ATR of 8, less of 8.01.
    expect(drawn(RISE, 0.25, 8).events).toHaveLength(1);
    expect(drawn(RISE, 0.25, 8.01).events).toEqual([]);
    expect(drawn(RISE, 0.25, Number.NaN).events).toEqual([]);
  });

  it('tells its life in order: touched at the edge, mitigated at the middle, filled, broken by a close', () => {
    const { next, gaps } = drawn(RISE);
    expect(next([104.5, 105, 103.01, 104])).toEqual([]);
    expect(next([104, 105, 103, 104])).toEqual(['touched gap']);
    expect(gaps.open(1)).toHaveLength(1);
    expect(next([104, 105, 102, 104])).toEqual(['mitigated gap']);
    expect(gaps.open(1)).toEqual([]);
    expect(next([104, 105, 102.5, 104])).toEqual([]);
    expect(next([104, 105, 101, 104])).toEqual(['filled gap']);
    expect(next([104, 104, 100, 101])).toEqual([]);
    expect(next([101, 104, 100, 100.99])).toEqual(['broken gap']);
    expect(next([101, 104, 90, 90])).toEqual([]);
  });

  it('tells all of it at once when one candle does it all', () => {
    const { next, events } = drawn(FALL);
    expect(next([95, 100, 95, 99.5])).toEqual(['touched gap', 'mitigated gap', 'filled gap', 'broken gap']);
    const stamp = 4 * STEP;
    const stamps = { touchedAt: stamp, mitigatedAt: stamp, filledAt: stamp, brokenAt: stamp };
    expect(events.at(-1)?.object).toMatchObject(stamps);
  });

  it('goes on with the nearest of several that price has come into', () => {
    // 101 to 103, 104 to 104.5, 105 to 107; one candle comes into all, mitigates and fills the upper two.
    const { next } = drawn([...RISE, [104.5, 108, 104.5, 107.5], [107.5, 109, 107, 108.5]]);
    expect(next([108.5, 108.5, 102.9, 106]).filter((told) => told === 'touched gap')).toHaveLength(3);
    expect(next([106, 107.5, 104.9, 104.95])).toEqual(['broken gap']);
    expect(next([104.95, 105, 102, 104.2])).toEqual(['mitigated gap']);
  });

  it('lets go of the oldest touched gap beyond 128', () => {
    const stairs = Array.from({ length: 140 }, (_, k): Prices => {
      const open = 100 + 10 * k;
      return [open, open + 9, open, open + 9];
    });
    const { next, gaps } = drawn(stairs);
    const before = gaps.open(1).length;
    // The edge of the lowest gap is its touch; that candle closes where it opened, so that none is broken.
    const lowest = Math.min(...gaps.open(1).map(({ top }) => top));
    const told = next([1490, 1490, lowest, 1490]);
    expect(told.filter((what) => what === 'touched gap')).toHaveLength(before);
    expect(told.filter((what) => what === 'expired gap')).toHaveLength(before - 128);
  });

  it('does not let a gap be touched by the candle that completes it', () => {
    expect(drawn(RISE).told[2]).toEqual(['formed gap']);
  });

  it('stamps every gap of a tape on the first candles that do what the definition says', () => {
    fc.assert(
      fc.property(wanderings, (steps) => {
        const tape = tapeOf(steps, 0.25);
        const { events } = fold(tape, { minGapAtr: 0 });
        const last = new Map(
          events.filter(({ kind }) => kind === 'gap').map(({ id, object }) => [id, object]),
        );
        for (const gap of last.values()) {
          if (gap.kind !== 'gap') continue;
          const up = gap.dir === 1;
          const far = up ? gap.bottom : gap.top;
          const first = (holds: (price: number) => boolean, side: 'reach' | 'close'): number | undefined =>
            tape.find((candle) => {
              const reach = up ? candle.low : candle.high;
              return candle.openAt >= gap.knownAt && holds(side === 'reach' ? reach : candle.close);
            })?.closeAt;
          const beyond = (level: number) => (price: number) => (up ? price <= level : price >= level);
          expect(gap).toMatchObject({
            touchedAt: first(beyond(up ? gap.top : gap.bottom), 'reach'),
            mitigatedAt: first(beyond(gap.level), 'reach'),
            filledAt: first(beyond(far), 'reach'),
            brokenAt: first((price) => (up ? price < far : price > far), 'close'),
          });
        }
      }),
    );
  });

  it('lets go of the oldest untouched gap beyond 256', () => {
    const stairs = Array.from({ length: 260 }, (_, k): Prices => {
      const open = 100 + 10 * k;
      return [open, open + 9, open, open + 9];
    });
    const { events, gaps } = drawn(stairs);
    expect(events.filter(({ what }) => what === 'formed')).toHaveLength(258);
    expect(gaps.open(1)).toHaveLength(256);
    const expired = events
      .filter(({ what }) => what === 'expired')
      .map(({ object }) => object.formedAt / STEP);
    expect(expired).toEqual([1, 2]);
  });
});
