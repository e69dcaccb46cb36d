import { describe, expect, it } from 'vitest';
import { foldRows } from '../../src/core/domain/indicators/fold-rows.ts';
import type { Indicator } from '../../src/core/domain/indicators/indicator.ts';
import { type Candle, createCandleView } from '../../src/core/domain/market/candle.ts';
import { CandleTape } from '../../src/core/domain/market/candle-tape.ts';
import { session, wander } from '../core/domain/rules/make-tape.ts';

const DAYS = 6;
const WALK = wander(DAYS);

type Feed = {
  readonly days?: readonly (readonly Candle[])[];
  /** What is done to the candle view after each call. */
  readonly afterwards?: (view: Record<string, number>) => void;
  readonly complete?: boolean;
};

/** Every output at every candle, and at each whether `why` had something to say. */
function run(indicator: Indicator, { days = WALK, afterwards, complete = true }: Feed = {}) {
  const view = createCandleView(0);
  return days.flatMap((candles, day) => {
    indicator.startSession?.(session(day), complete);
    return candles.map((candle) => {
      indicator.next(Object.assign(view, candle));
      afterwards?.(view);
      return { out: Array.from(indicator.out), why: indicator.why() };
    });
  });
}

/** What every reading of the catalogs holds to. */
export function indicatorContract(name: string, create: () => Indicator): void {
  describe(`${name} keeps the contract of readings`, () => {
    const readings = run(create());

    it('is undefined at first, with a reason, and finite at last', () => {
      const fresh = create();
      expect(Array.from(fresh.out).every(Number.isNaN)).toBe(true);
      expect(fresh.why()).toMatch(/\w/);
      expect(readings.some(({ out }) => out.every(Number.isFinite))).toBe(true);
    });

    it('says why exactly where it is undefined', () => {
      for (const { out, why } of readings) expect(why === undefined).toBe(out.every(Number.isFinite));
    });

    it('keeps no reference to the candle', () => {
      const spoilt = run(create(), {
        afterwards: (view) => {
          for (const key of Object.keys(view)) view[key] = Number.NaN;
        },
      });
      expect(spoilt).toEqual(readings);
    });

    it('gives the same bits when it is fed again', () => {
      expect(run(create())).toEqual(readings);
    });

    it('does not look ahead: other candles later change nothing before', () => {
      const cut = 3;
      const others = wander(DAYS, 7).slice(cut);
      const scaled = others.map((day) =>
        day.map((candle) => ({ ...candle, high: candle.high * 2, low: candle.low / 2 })),
      );
      const known = WALK.slice(0, cut).flat().length;
      expect(run(create(), { days: [...WALK.slice(0, cut), ...scaled] }).slice(0, known)).toEqual(
        readings.slice(0, known),
      );
    });

    it.each([1, 7, 1000])('gives the same bits as columns, %i rows at a time', (most) => {
      const indicator = create();
      const columns = WALK.flatMap((candles, day) => {
        indicator.startSession?.(session(day), true);
        return columnsOfRows(indicator, candles, most);
      });
      expect(columns).toEqual(readings.map(({ out }) => out));
    });

    it('writes into the same cells for ever', () => {
      const indicator = create();
      const { out } = indicator;
      run(indicator);
      expect(indicator.out).toBe(out);
    });
  });
}

/** By row, what the column form gives for it. */
function columnsOfRows(indicator: Indicator, candles: readonly Candle[], most: number): readonly number[][] {
  const column = (key: 'openAt' | 'open' | 'high' | 'low' | 'close' | 'volume') =>
    Float64Array.from(candles, (candle) => candle[key]);
  const [first] = candles;
  const tape = new CandleTape(
    {
      symbol: 'X',
      length: candles.length,
      openAt: column('openAt'),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
      priceDecimals: 2,
    },
    0,
    first === undefined ? 0 : first.closeAt - first.openAt,
  );
  const outputs = Array.from(indicator.out, () => new Float64Array(candles.length));
  for (let from = 0; from < candles.length; from += most) {
    foldRows(indicator, { tape, from, to: Math.min(from + most, candles.length) }, { outputs, first: from });
  }
  return candles.map((_, row) => outputs.map((output) => output[row] ?? 0));
}
