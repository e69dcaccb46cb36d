import { describe, expect, it } from 'vitest';
import type { Indicator } from '../../src/core/domain/indicators/indicator.ts';
import { type Candle, createCandleView } from '../../src/core/domain/market/candle.ts';
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

    it('writes into the same cells for ever', () => {
      const indicator = create();
      const { out } = indicator;
      run(indicator);
      expect(indicator.out).toBe(out);
    });
  });
}
