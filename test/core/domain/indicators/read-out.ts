import { indicatorCatalog } from '../../../../src/core/domain/indicators/catalog.ts';
import { defaultParams, type Params } from '../../../../src/core/domain/indicators/entry.ts';
import type { Indicator } from '../../../../src/core/domain/indicators/indicator.ts';
import type { Source } from '../../../../src/core/domain/indicators/source.ts';
import type { Candle } from '../../../../src/core/domain/market/candle.ts';
import { patternCatalog } from '../../../../src/core/domain/patterns/catalog.ts';
import { session } from '../rules/make-tape.ts';

/** A reading of either catalog, in the session of day 0. */
export function reading(name: string, params: Params = {}, source: Source = 'close'): Indicator {
  const entry = indicatorCatalog.get(name) ?? patternCatalog.get(name);
  if (entry === undefined) throw new Error(`no reading ${name}`);
  const indicator = entry.create({ ...defaultParams(entry.params), ...params }, source);
  indicator.startSession?.(session(0), true);
  return indicator;
}

/** Its first output after each candle; undefined where it is undefined. */
export function readOut(indicator: Indicator, candles: readonly Candle[]): readonly (number | undefined)[] {
  return candles.map((candle) => {
    indicator.next(candle);
    const value = indicator.out[0];
    return Number.isNaN(value) ? undefined : value;
  });
}
