import type { Candle } from '../market/candle.ts';
import { createGapSide } from './gap-side.ts';
import type { StructureLog } from './log.ts';
import type { Dir, Gap, Writable } from './objects.ts';
import { atrOrUndefined } from './tolerance.ts';

export type GapOptions = {
  /** Smallest size in ATR; 0 keeps all, also while the ATR warms up. */
  readonly minSizeAtr: number;
};

/**
 * Fair value gaps: the third candle's low lies above the first one's high and the middle candle rose (mirrored for a
 * fall). Known at the close of the third candle, one after the middle on which it formed.
 *
 * `onCandle` first tells what the candle did to the gaps before it; `detect` then adds the one it completes.
 */
export interface Gaps {
  onCandle(candle: Candle): void;
  detect(candle: Candle, atr: number): void;
  /** Gaps of a direction whose middle was never traded, in no particular order. */
  open(dir: Dir): readonly Gap[];
}

export function createGaps({ minSizeAtr }: GapOptions, log: StructureLog): Gaps {
  const bullish = createGapSide(1, log);
  const bearish = createGapSide(-1, log);
  const first = { high: Number.NaN, low: Number.NaN };
  const middle = { high: Number.NaN, low: Number.NaN, openAt: Number.NaN, rise: Number.NaN };

  function shift({ high, low, open, close, openAt }: Candle): void {
    first.high = middle.high;
    first.low = middle.low;
    middle.high = high;
    middle.low = low;
    middle.openAt = openAt;
    middle.rise = close - open;
  }

  function isLarge(size: number, atr: number): boolean {
    return minSizeAtr === 0 || size >= minSizeAtr * atr;
  }

  function gap(dir: Dir, bottom: number, top: number, atr: number): Writable<Gap> {
    return {
      kind: 'gap',
      dir,
      formedAt: middle.openAt,
      knownAt: log.at,
      level: (top + bottom) / 2,
      atr: atrOrUndefined(atr),
      top,
      bottom,
      touchedAt: undefined,
      mitigatedAt: undefined,
      filledAt: undefined,
      brokenAt: undefined,
      expiredAt: undefined,
    };
  }

  return {
    onCandle(candle) {
      bullish.onCandle(candle);
      bearish.onCandle(candle);
    },
    detect(candle, atr) {
      const { high, low } = candle;
      if (low > first.high) {
        if (middle.rise > 0 && isLarge(low - first.high, atr)) bullish.add(gap(1, first.high, low, atr));
      } else if (high < first.low) {
        if (middle.rise < 0 && isLarge(first.low - high, atr)) bearish.add(gap(-1, high, first.low, atr));
      }
      shift(candle);
    },
    open: (dir) => (dir === 1 ? bullish : bearish).open(),
  };
}
