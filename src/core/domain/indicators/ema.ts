import type { Candle } from '../market/candle.ts';
import { candles, entry } from './entry.ts';
import type { Indicator, Series } from './indicator.ts';
import { type ReadCandle, readerOf, type Source } from './source.ts';
import { NO_VOLUME, warmingUp } from './why.ts';

/**
 * Exponential moving average: moves by 2 ÷ (period + 1) of its distance to each new number.
 *
 * Seeded with the plain mean of the first `period` candles, as in TA-Lib. A candle without the number that it folds
 * (no volume) starts it anew.
 */
export const ema = entry({
  name: 'ema',
  summary: 'Exponential moving average, seeded with the simple one',
  params: { period: candles(30) },
  shorthand: 'period',
  source: 'close',
  create: ({ period }, source) => new Ema(period, source),
});

/** A class for the same reason as Sma. */
class Ema implements Indicator, Series {
  readonly out = new Float64Array(1).fill(Number.NaN);
  readonly source: Source;
  readonly series = this;
  private readonly period: number;
  private readonly weight: number;
  private readonly read: ReadCandle;
  private average = Number.NaN;
  /** Of what was seen while warming up. */
  private sum = 0;
  private seen = 0;
  private missing = false;

  constructor(period: number, source: Source) {
    this.period = period;
    this.weight = 2 / (period + 1);
    this.source = source;
    this.read = readerOf(source);
  }

  next(candle: Candle): void {
    this.out[0] = this.step(this.read(candle));
  }

  fold(numbers: Float64Array, out: Float64Array): void {
    for (let i = 0; i < numbers.length; i += 1) out[i] = this.step(numbers[i] ?? Number.NaN);
  }

  private step(value: number): number {
    if (this.seen < this.period || Number.isNaN(value)) this.average = this.seed(value);
    else this.average += this.weight * (value - this.average);
    return this.average;
  }

  private seed(value: number): number {
    this.missing = Number.isNaN(value);
    this.sum = this.missing ? 0 : this.sum + value;
    this.seen = this.missing ? 0 : this.seen + 1;
    return this.seen === this.period ? this.sum / this.period : Number.NaN;
  }

  why(): string | undefined {
    if (this.seen === this.period) return undefined;
    return this.missing ? NO_VOLUME : warmingUp(this.seen, this.period);
  }
}
