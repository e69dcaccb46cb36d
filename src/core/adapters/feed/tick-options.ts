import { TradekitError } from '../../domain/error.ts';
import { DAY_MS } from '../../domain/market/civil.ts';
import type { ReadOptions } from '../../ports/candle-files.ts';

const MINUTE_MS = 60_000;

/**
 * How long the candles are that are made of ticks: a minute, unless the user says otherwise.
 *
 * @throws TradekitError CONFIG above a day
 */
export function tickTimeframe({ timeframe = MINUTE_MS }: ReadOptions): number {
  if (timeframe <= DAY_MS) return timeframe;
  throw new TradekitError('CONFIG', 'A candle made of ticks lies within one session.', {
    hint: 'Take --timeframe 1d or shorter.',
  });
}

/** @throws TradekitError CONFIG where a split is to be adjusted in prices that are not adjusted */
export function refuseAdjustments({ adjust = [] }: ReadOptions): void {
  const [first] = adjust;
  if (first === undefined) return;
  throw new TradekitError('CONFIG', `Ticks are not adjusted, and --adjust names "${first.symbol}".`, {
    hint: 'Leave --adjust out, or bring candles: --feed csv:FILE',
  });
}
