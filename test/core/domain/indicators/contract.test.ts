import { describe, expect, it } from 'vitest';
import { indicatorCatalog } from '../../../../src/core/domain/indicators/catalog.ts';
import { type CatalogEntry, defaultParams } from '../../../../src/core/domain/indicators/entry.ts';
import type { Indicator } from '../../../../src/core/domain/indicators/indicator.ts';
import { patternCatalog } from '../../../../src/core/domain/patterns/catalog.ts';
import { indicatorContract } from '../../../contracts/indicator.contract.ts';
import { session, wander } from '../rules/make-tape.ts';

const ALL: readonly CatalogEntry[] = [...indicatorCatalog.values(), ...patternCatalog.values()];

function create(entry: CatalogEntry): Indicator {
  return entry.create(defaultParams(entry.params), entry.source ?? 'close');
}

for (const entry of ALL) indicatorContract(entry.name, () => create(entry));

describe('session-anchored readings', () => {
  const anchored = ALL.filter(({ sessionAnchored }) => sessionAnchored);

  it('are vwap and the opening range', () => {
    expect(anchored.map(({ name }) => name)).toEqual(['orb_high', 'orb_low', 'vwap']);
  });

  it.each(anchored.map((entry) => [entry.name, entry] as const))(
    '%s is undefined in an incomplete session',
    (_, entry) => {
      const indicator = create(entry);
      indicator.startSession?.(session(0), false);
      for (const candle of wander(1)[0] ?? []) {
        indicator.next(candle);
        expect(indicator.out[0]).toBeNaN();
        expect(indicator.why()).toBe('session incomplete');
      }
    },
  );

  it.each(anchored.map((entry) => [entry.name, entry] as const))(
    '%s forgets the session before',
    (_, entry) => {
      const [first = [], second = []] = wander(2);
      const through = create(entry);
      through.startSession?.(session(0), true);
      for (const candle of first) through.next(candle);
      const fresh = create(entry);
      for (const indicator of [through, fresh]) indicator.startSession?.(session(1), true);
      expect(through.out).toEqual(fresh.out);
      for (const candle of second) {
        through.next(candle);
        fresh.next(candle);
        expect(through.out).toEqual(fresh.out);
      }
    },
  );
});

describe('readings that need volume', () => {
  const needing = ALL.filter(({ needsVolume }) => needsVolume);

  it.each(needing.map((entry) => [entry.name, entry] as const))(
    '%s says "no volume" where there is none',
    (_, entry) => {
      const indicator = create(entry);
      indicator.startSession?.(session(0), true);
      for (const candle of wander(1)[0] ?? []) {
        indicator.next({ ...candle, volume: Number.NaN });
        expect(indicator.out[0]).toBeNaN();
        expect(indicator.why()).toBe('no volume');
      }
    },
  );

  it('all the others do without', () => {
    for (const entry of ALL.filter(({ needsVolume }) => !needsVolume)) {
      const [plain, without] = [create(entry), create(entry)];
      for (const [day, candles] of wander(3).entries()) {
        plain.startSession?.(session(day), true);
        without.startSession?.(session(day), true);
        for (const candle of candles) {
          plain.next(candle);
          without.next({ ...candle, volume: Number.NaN });
          expect(without.out, entry.name).toEqual(plain.out);
        }
      }
    }
  });
});
