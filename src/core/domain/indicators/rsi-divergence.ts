import type { Candle } from '../market/candle.ts';
import { createPivots } from '../structure/pivots.ts';
import { candles, entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { createRsi } from './rsi.ts';
import { compare } from './tie.ts';

/**
 * True where the last two confirmed swing lows show a lower price with a higher RSI: selling that tires.
 *
 * RSI is read on the candles of the lows. True for `bars` candles, beginning with the one that confirms the second
 * low (the first on which it is known); a newer low takes the place of the second.
 */
export const bullishRsiDiv = divergence(
  'bullish_rsi_div',
  'Lower swing low with a higher RSI, known for 5 candles at most',
  'low',
);

/** True where the last two confirmed swing highs show a higher price with a lower RSI; else as the bullish one. */
export const bearishRsiDiv = divergence(
  'bearish_rsi_div',
  'Higher swing high with a lower RSI, known for 5 candles at most',
  'high',
);

function divergence(name: string, summary: string, side: 'low' | 'high') {
  return entry({
    name,
    summary,
    kind: 'boolean',
    params: { period: candles(14, 2), left: candles(3), right: candles(3), bars: candles(5) },
    create: (params) => createDivergence(params, side),
  });
}

type DivergenceParams = {
  readonly period: number;
  readonly left: number;
  readonly right: number;
  readonly bars: number;
};

function createDivergence({ period, left, right, bars }: DivergenceParams, side: 'low' | 'high'): Indicator {
  /** -1 looks for lower prices, 1 for higher ones. */
  const outward = side === 'low' ? -1 : 1;
  const out = new Float64Array(1).fill(Number.NaN);
  const pivots = createPivots(left, right);
  const rsi = createRsi(period, 'close');
  /** RSI of the last right + 1 candles: the oldest is that of a pivot just confirmed. */
  const recent = new Float64Array(right + 1).fill(Number.NaN);
  const state = { at: 0, swings: 0, price: 0, rsi: 0, diverges: false, age: 0 };

  function next(candle: Candle): void {
    rsi.next(candle);
    recent[state.at] = rsi.out[0] ?? Number.NaN;
    state.at = (state.at + 1) % recent.length;
    pivots.next(candle);
    state.age += 1;
    onSwing(side === 'low' ? pivots.low : pivots.high, recent[state.at] ?? Number.NaN);
    if (state.swings >= 2) out[0] = state.diverges && state.age < bars ? 1 : 0;
  }

  function onSwing(price: number, strength: number): void {
    if (Number.isNaN(price) || Number.isNaN(strength)) return;
    const further = compare(price, state.price) === outward;
    state.diverges = state.swings > 0 && further && compare(strength, state.rsi) === -outward;
    state.swings += 1;
    state.price = price;
    state.rsi = strength;
    state.age = 0;
  }

  const why = () => (state.swings >= 2 ? undefined : `warming up (${state.swings} of 2 swing ${side}s)`);
  return { out, next, why };
}
