import { describe, expect, it } from 'vitest';
import { path, tape } from '../rules/make-tape.ts';
import { reading, readOut } from './read-out.ts';

function volumes(...values: readonly number[]) {
  return tape(values.map((volume) => [100, 101, 99, 100, volume] as const));
}

describe('rvol', () => {
  it('is the volume by the mean of the candles before, itself not among them', () => {
    // Mean of 100, 200, 300 is 200: 500 is 2.5 times that. Then the mean of 200, 300, 500 is 333 1/3: 100 is 0.3 times.
    expect(readOut(reading('rvol', { period: 3 }), volumes(100, 200, 300, 500, 100))).toEqual([
      undefined,
      undefined,
      undefined,
      2.5,
      0.3,
    ]);
  });

  it('asks for 20 candles unless told otherwise', () => {
    const rvol = reading('rvol');
    const out = readOut(rvol, volumes(...Array.from({ length: 21 }, () => 700)));
    expect(out.indexOf(1)).toBe(20);
  });

  it('says how far it has warmed up', () => {
    const rvol = reading('rvol');
    readOut(rvol, volumes(1, 2, 3));
    expect(rvol.why()).toBe('warming up (2 of 20)');
  });

  it('is undefined where nothing was traded before', () => {
    const rvol = reading('rvol', { period: 2 });
    expect(readOut(rvol, volumes(0, 0, 50))).toEqual([undefined, undefined, undefined]);
    expect(rvol.why()).toBe('nothing traded in the 2 candles before');
  });

  it('is undefined where fractions leave something in the sum of a window in which nothing was traded', () => {
    // 0.1 + 0.2 + 0.3 - 0.1 - 0.2 - 0.3 is 1.1e-16.
    const idle = volumes(0.1, 0.2, 0.3, 0, 0, 0, 0, 0, 0.001);
    const rvol = reading('rvol', { period: 5 });
    expect(readOut(rvol, idle)[8]).toBeUndefined();
    expect(rvol.why()).toBe('nothing traded in the 5 candles before');
    expect(readOut(reading('volume_spike', { period: 5 }), idle)[8]).toBeUndefined();
    expect(readOut(reading('climax_volume', { period: 5 }), idle)[8]).toBeUndefined();
    expect(readOut(rvol, volumes(0.001))[0]).toBeCloseTo(5, 9);
  });

  it('starts anew after a candle without volume', () => {
    const rvol = reading('rvol', { period: 2 });
    const out = readOut(rvol, volumes(10, 10, 10, Number.NaN, 10, 10, 10));
    expect(out).toEqual([undefined, undefined, 1, undefined, undefined, undefined, 1]);
  });
});

describe('volume_spike', () => {
  it.each([
    ['at 1.5 times the mean', 150, 1],
    ['just under', 149, 0],
    ['over', 151, 1],
  ])('%s', (_, volume, expected) => {
    expect(readOut(reading('volume_spike', { period: 2 }), volumes(50, 150, volume))[2]).toBe(expected);
  });

  it('is exact where the mean is no binary fraction', () => {
    // Mean of 1, 1, 5 is 7/3; 1.5 times that is 3.5: 4 is a spike, 3 is none. And 7 is exactly 1.5 × 14/3.
    expect(readOut(reading('volume_spike', { period: 3 }), volumes(1, 1, 5, 3))[3]).toBe(0);
    expect(readOut(reading('volume_spike', { period: 3 }), volumes(2, 2, 10, 7))[3]).toBe(1);
  });
});

describe('climax_volume', () => {
  it.each([
    ['at 3 times the mean and the highest', [100, 100, 100, 300], 1],
    ['just under 3 times the mean', [100, 100, 100, 299], 0],
    ['with a higher one among the latest', [10, 10, 400, 399], 0],
    ['with a higher one that is too old to count', [400, 10, 10, 420], 1],
    ['as high as the highest', [1, 500, 1, 502], 1],
  ])('%s', (_, drawn, expected) => {
    expect(readOut(reading('climax_volume', { period: 3 }), volumes(...drawn))[3]).toBe(expected);
  });

  it('looks back over the candle and the period - 1 before it', () => {
    // Mean of 900, 0, 0 is 300: 899 is 2.997 times; with factor 2 only the 900, three candles back, could forbid it.
    const climax = reading('climax_volume', { period: 3, factor: 2 });
    expect(readOut(climax, volumes(900, 0, 0, 899))[3]).toBe(1);
    const nearer = reading('climax_volume', { period: 3, factor: 2 });
    expect(readOut(nearer, volumes(0, 900, 0, 899))[3]).toBe(0);
  });
});

describe('readings of the volume', () => {
  it('sma of volume is undefined without volume, and says so', () => {
    const sma = reading('sma', { period: 2 }, 'volume');
    expect(readOut(sma, volumes(10, 20, Number.NaN, 30, 50))).toEqual([
      undefined,
      15,
      undefined,
      undefined,
      40,
    ]);
    readOut(sma, volumes(Number.NaN));
    expect(sma.why()).toBe('no volume');
  });

  it('ema and rsi of volume start anew after a candle without it', () => {
    const gap = volumes(10, 20, 30, Number.NaN, 10, 20, 30);
    const ema = readOut(reading('ema', { period: 2 }, 'volume'), gap);
    const rsi = readOut(reading('rsi', { period: 2 }, 'volume'), gap);
    expect(ema.slice(4)).toEqual(ema.slice(0, 3));
    expect(rsi.slice(4)).toEqual(rsi.slice(0, 3));
    expect([ema[3], rsi[3]]).toEqual([undefined, undefined]);
  });
});

describe('sma', () => {
  it('does not drift: a million candles later it is still the mean of the last ones', () => {
    const sma = reading('sma', { period: 3 });
    const candles = tape(path([1e9 + 0.1, 0.3, 7e5, 0.05, 0.1, 0.15]));
    for (let lap = 0; lap < 2_000; lap += 1) readOut(sma, candles);
    expect(sma.out[0]).toBeCloseTo(0.1, 12);
  });
});
