import type { Candle } from '../market/candle.ts';
import { candles, entry } from './entry.ts';
import type { Indicator, Series } from './indicator.ts';
import { RollingSum } from './rolling-sum.ts';
import { type ReadCandle, readerOf, type Source } from './source.ts';
import { NO_VOLUME, warmingUp } from './why.ts';

/** Simple moving average: plain mean of the last `period` candles. */
export const sma = entry({
  name: 'sma',
  summary: 'Simple moving average',
  params: { period: candles(30) },
  shorthand: 'period',
  source: 'close',
  create: ({ period }, source) => new Sma(period, source),
});

/** A class, as fields of an object are read faster than a closure's variables: 10 ns per candle, not 13 (Node 20). */
class Sma implements Indicator, Series {
  readonly out = new Float64Array(1).fill(Number.NaN);
  readonly source: Source;
  readonly series = this;
  private readonly period: number;
  private readonly read: ReadCandle;
  private readonly window: RollingSum;
  private missing = false;

  constructor(period: number, source: Source) {
    this.period = period;
    this.source = source;
    this.read = readerOf(source);
    this.window = new RollingSum(period);
  }

  next(candle: Candle): void {
    const { window, period } = this;
    const value = this.read(candle);
    this.missing = Number.isNaN(value);
    if (this.missing) window.clear();
    else window.push(value);
    this.out[0] = window.seen === period ? window.sum / period : Number.NaN;
  }

  fold(numbers: Float64Array, out: Float64Array): void {
    this.window.means(numbers, out);
    this.missing = Number.isNaN(numbers[numbers.length - 1] ?? Number.NaN);
  }

  why(): string | undefined {
    if (this.window.seen === this.period) return undefined;
    return this.missing ? NO_VOLUME : warmingUp(this.window.seen, this.period);
  }
}
