import { describe, expect, it } from 'vitest';
import { createPools } from '../../../../src/core/domain/structure/pools.ts';
import { candleAt, hear, pivotAt, STEP } from './tape.ts';

/** ATR 10: highs within 1 point of the first one are equal. */
function drawn() {
  const heard = hear();
  const pools = createPools(1, 0.05, heard.log);
  const add = (i: number, level: number, repeats = 0): readonly string[] => {
    heard.at(i + 3);
    pools.add(pivotAt(i, 1, level), repeats, 10);
    return heard.take();
  };
  const candle = (i: number, high: number, close: number): readonly string[] => {
    heard.at(i);
    pools.onCandle(candleAt(i, [close, high, close - 1, close]));
    return heard.take();
  };
  return { ...heard, pools, add, candle };
}

describe('createPools', () => {
  it('is heard of from two equal highs on, at their highest', () => {
    const { add, events } = drawn();
    expect(add(0, 100)).toEqual([]);
    expect(add(10, 100.5)).toEqual(['formed pool']);
    expect(events[0]?.object).toMatchObject({ formedAt: 0, knownAt: 14 * STEP, level: 100.5, touches: 2 });
    expect(events[0]?.id).toBe('pool:1:0:100');
    expect(add(20, 100.25)).toEqual(['joined pool']);
    expect(events[1]?.object).toMatchObject({ level: 100.5, touches: 3, knownAt: 14 * STEP });
  });

  it('joins the nearest first member within its tolerance, the older of two at one distance', () => {
    const { add, pools, candle } = drawn();
    add(0, 102);
    candle(5, 100.1, 99);
    add(6, 100);
    expect(pools.open.map(({ anchor }) => anchor)).toEqual([102, 100]);
    add(20, 101);
    expect(pools.open.map(({ touches }) => touches)).toEqual([2, 1]);
    add(30, 98.99);
    expect(pools.open).toHaveLength(3);
  });

  it('takes a plateau for equal highs', () => {
    expect(drawn().add(0, 100, 1)).toEqual(['formed pool']);
  });

  it('is swept by a candle that trades beyond the tolerance and closes back', () => {
    const { add, candle, pools, events } = drawn();
    add(0, 100);
    add(10, 100.5);
    expect(candle(19, 101, 100.5)).toEqual(['touched pool']);
    expect(candle(20, 101.01, 100.5)).toEqual(['swept pool']);
    expect(events.at(-1)?.object).toMatchObject({ sweptAt: 21 * STEP, brokenAt: undefined });
    expect(pools.open).toEqual([]);
  });

  it('is broken by one that closes beyond, and reclaimed by a close back within two candles', () => {
    for (const [closes, expected] of [
      [[100.5], [['reclaimed pool']]],
      [
        [100.6, 100.4],
        [[], ['reclaimed pool']],
      ],
      [
        [100.6, 100.6, 100.4],
        [[], [], []],
      ],
    ] as const) {
      const { add, candle } = drawn();
      add(0, 100);
      add(10, 100.5);
      expect(candle(20, 103, 102)).toEqual(['touched pool', 'broken pool']);
      expect(closes.map((close, k) => candle(21 + k, 102, close))).toEqual(expected);
    }
  });

  it('is no longer untaken after a poke within the tolerance, until another high joins', () => {
    const { add, candle, pools } = drawn();
    add(0, 100);
    add(10, 100.5);
    expect(pools.open[0]?.untaken).toBe(true);
    expect(candle(20, 100.75, 100)).toEqual(['touched pool']);
    expect(pools.open[0]?.untaken).toBe(false);
    expect(candle(21, 100.75, 100)).toEqual([]);
    expect(add(25, 100.75)).toEqual(['joined pool']);
    expect([pools.open[0]?.untaken, pools.open[0]?.level]).toEqual([true, 100.75]);
  });

  it('says nothing of single highs', () => {
    const { add, candle, pools } = drawn();
    add(0, 100);
    expect(candle(20, 105, 104)).toEqual([]);
    expect(pools.open).toEqual([]);
  });

  it('is as wide as two ticks while the ATR warms up', () => {
    const { log, at, take } = hear();
    const pools = createPools(-1, 0.05, log);
    at(3);
    pools.add(pivotAt(0, -1, 100), 0, Number.NaN);
    pools.add(pivotAt(5, -1, 99.9), 0, Number.NaN);
    expect(take()).toEqual(['formed pool']);
    expect(pools.open[0]?.level).toBe(99.9);
  });

  it('lets go of the oldest beyond 256', () => {
    const { add, pools, take } = drawn();
    for (let i = 0; i < 256; i += 1) add(i, 10_000 - 2 * i, i === 0 ? 1 : 0);
    take();
    expect(add(300, 5000)).toEqual(['expired pool']);
    expect(pools.open).toHaveLength(256);
  });
});
