import type { Candle } from '../../domain/market/candle.ts';
import { createStructure, type Structure } from '../../domain/structure/structure.ts';
import type { TapeCandle } from './fold/candle-ring.ts';

/** Candles of a higher timeframe, anchored at the open of their session; the last one may still be under way. */
export function joinCandles(candles: readonly TapeCandle[], timeframeMs: number): readonly TapeCandle[] {
  const joined: TapeCandle[] = [];
  for (const candle of candles) {
    const { sessionOpenAt } = candle;
    const openAt = sessionOpenAt + Math.floor((candle.openAt - sessionOpenAt) / timeframeMs) * timeframeMs;
    const last = joined.at(-1);
    if (last?.openAt === openAt) joined[joined.length - 1] = merge(last, candle);
    else joined.push({ ...candle, openAt });
  }
  return joined;
}

function merge(a: TapeCandle, b: TapeCandle): TapeCandle {
  return {
    ...a,
    closeAt: b.closeAt,
    high: Math.max(a.high, b.high),
    low: Math.min(a.low, b.low),
    close: b.close,
    volume: a.volume + b.volume,
  };
}

/** VWAP at each candle, each at its typical price; NaN before the first session that is kept from its open, and without volume. */
export function vwapOf(candles: readonly TapeCandle[]): readonly number[] {
  let session = Number.NaN;
  let isWhole = false;
  let weighted = 0;
  let volume = 0;
  return candles.map((candle) => {
    if (candle.sessionOpenAt !== session) {
      session = candle.sessionOpenAt;
      isWhole = candle.openAt === session;
      weighted = 0;
      volume = 0;
    }
    weighted += ((candle.high + candle.low + candle.close) / 3) * candle.volume;
    volume += candle.volume;
    return isWhole && volume > 0 ? weighted / volume : Number.NaN;
  });
}

/** What the market structure engine sees in these candles alone: the engine itself has seen all before them, too. */
export function structureOf(candles: readonly Candle[], tick: number): Structure {
  const structure = createStructure({ tick });
  for (const candle of candles) structure.onCandle(candle, candle.closeAt);
  return structure;
}
