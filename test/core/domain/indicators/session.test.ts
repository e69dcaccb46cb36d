import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnOf } from '../../../../src/core/domain/indicators/column.ts';
import type { CandleColumns } from '../../../../src/core/domain/market/candle.ts';
import { SHARED, sharedFile } from '../../../shared.ts';
import { type Drawn, MINUTE_MS, session, tape, wander } from '../rules/make-tape.ts';
import { reading, readOut } from './read-out.ts';

describe('vwap', () => {
  it('weighs the typical price by volume since the open', () => {
    // Typical prices (12+9+9)/3 = 10 and (16+10+13)/3 = 13; (10·100 + 13·200) ÷ 300 = 12.
    const drawn: readonly Drawn[] = [
      [9, 12, 9, 9, 100],
      [12, 16, 10, 13, 200],
    ];
    expect(readOut(reading('vwap'), tape(drawn))).toEqual([10, 12]);
  });

  it('of an unmoved price is that price, exactly', () => {
    const drawn = Array.from({ length: 50 }, (_, k): Drawn => [100.1, 100.1, 100.1, 100.1, 7 + k * 13]);
    expect(new Set(readOut(reading('vwap'), tape(drawn)))).toEqual(new Set([100.1]));
  });

  it('is undefined before the first volume, and from a missing one to the end of the session', () => {
    const vwap = reading('vwap');
    const at = (volume: number): Drawn => [10, 10, 10, 10, volume];
    expect(readOut(vwap, tape([at(0), at(5), at(Number.NaN), at(5)]))).toEqual([
      undefined,
      10,
      undefined,
      undefined,
    ]);
    expect(vwap.why()).toBe('no volume');
    vwap.startSession?.(session(1), true);
    expect(readOut(vwap, tape([at(5)], { day: 1 }))).toEqual([10]);
  });

  it.skipIf(SHARED === undefined)(
    'agrees with Stock.Indicators from the first quote on (needs ../shared)',
    () => {
      const folder = 'oracle/indicators/stock_indicators';
      const expected: { readonly rows: readonly (readonly [string, number])[] } = JSON.parse(
        readFileSync(sharedFile(`${folder}/vwap.json`), 'utf8'),
      );
      const lines = readFileSync(sharedFile(`${folder}/quotes_default.csv`), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1);
      const rows = lines.map((line) => line.split(',').slice(-5).map(Number));
      const candles = tape(
        rows.map(([open = 0, high = 0, low = 0, close = 0, volume = 0]) => [open, high, low, close, volume]),
      );
      const ours = readOut(reading('vwap'), candles);
      expect(ours.length).toBe(expected.rows.length);
      const worst = expected.rows.reduce(
        (most, [, value], k) => Math.max(most, Math.abs((ours[k] ?? 0) / value - 1)),
        0,
      );
      expect(worst).toBeLessThan(1e-9);
    },
  );
});

describe('orb_high and orb_low', () => {
  const drawn: readonly Drawn[] = [
    [100, 102, 99, 101],
    [101, 104, 100, 103],
    [103, 103, 98, 99],
    [99, 110, 90, 100],
  ];

  it('are known at the close of the first five minutes, and stay', () => {
    expect(readOut(reading('orb_high'), tape(drawn))).toEqual([102, 102, 102, 102]);
    expect(readOut(reading('orb_low'), tape(drawn))).toEqual([99, 99, 99, 99]);
  });

  it('are undefined until their minutes are over', () => {
    const orb = reading('orb_high', { minutes: 15 });
    expect(readOut(orb, tape(drawn.slice(0, 2)))).toEqual([undefined, undefined]);
    expect(orb.why()).toBe('opening range of 15 minutes not complete');
    expect(readOut(reading('orb_high', { minutes: 15 }), tape(drawn))).toEqual([
      undefined,
      undefined,
      104,
      104,
    ]);
    expect(readOut(reading('orb_low', { minutes: 15 }), tape(drawn))).toEqual([undefined, undefined, 98, 98]);
  });

  it('of one-minute candles take in exactly five of them', () => {
    const minutes = Array.from({ length: 8 }, (_, k): Drawn => [100, 101 + k, 99 - k, 100]);
    const out = readOut(reading('orb_high'), tape(minutes, { minutes: 1 }));
    expect(out).toEqual([undefined, undefined, undefined, undefined, 105, 105, 105, 105]);
    expect(readOut(reading('orb_low'), tape(minutes, { minutes: 1 }))[7]).toBe(95);
  });

  it('of a session whose first minutes had no candle stay undefined', () => {
    expect(readOut(reading('orb_high'), tape(drawn).slice(1))).toEqual([undefined, undefined, undefined]);
  });
});

describe('time', () => {
  it('is the start of the candle, from exchange midnight', () => {
    const nineFifteen = (9 * 60 + 15) * MINUTE_MS;
    const out = readOut(
      reading('time'),
      tape([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
    );
    expect(out).toEqual([nineFifteen, nineFifteen + 5 * MINUTE_MS]);
  });
});

describe('columnOf', () => {
  const days = wander(3);
  const candles = days.flat();
  const of = (read: (candle: (typeof candles)[number]) => number) => Float64Array.from(candles, read);
  const columns: CandleColumns = {
    symbol: 'X',
    length: candles.length,
    openAt: of(({ openAt }) => openAt),
    open: of(({ open }) => open),
    high: of(({ high }) => high),
    low: of(({ low }) => low),
    close: of(({ close }) => close),
    volume: of(({ volume }) => volume),
    priceDecimals: 2,
  };
  const sessions = [session(0), session(1), session(2)];

  it.each(['vwap', 'orb_high', 'ema', 'time'])('gives the bits of a live run: %s', (name) => {
    const live = reading(name);
    const expected = days.flatMap((day, k) => {
      live.startSession?.(session(k), true);
      return readOut(live, day);
    });
    const [column = []] = columnOf(reading(name), columns, { timeframeMs: 5 * MINUTE_MS, sessions });
    expect(Array.from(column, (value) => (Number.isNaN(value) ? undefined : value))).toEqual(expected);
  });

  it('knows that its first session is incomplete when the data begins inside it', () => {
    const later = { ...columns, length: 10, openAt: columns.openAt.map((openAt) => openAt + 5 * MINUTE_MS) };
    const [column] = columnOf(reading('vwap'), later, { timeframeMs: 5 * MINUTE_MS, sessions });
    expect(column?.every(Number.isNaN)).toBe(true);
  });
});
