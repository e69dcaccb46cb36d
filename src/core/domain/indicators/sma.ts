import type { Candle } from '../market/candle.ts';
import { candles, entry } from './entry.ts';
import type { Indicator, Series } from './indicator.ts';
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

/**
 * The sum is added afresh from the ring once per lap, so that rounding errors do not gather. A class, as fields of an
 * object are read faster than a closure's variables.
 */
class Sma implements Indicator, Series {
  readonly out = new Float64Array(1).fill(Number.NaN);
  readonly source: Source;
  readonly series = this;
  private readonly period: number;
  private readonly read: ReadCandle;
  private readonly one = new Float64Array(1);
  private readonly ring: Float64Array;
  private sum = 0;
  /** Sum of what this lap has written so far, which at its end is the ring's. */
  private lap = 0;
  /** Numbers held, up to the period. */
  private seen = 0;
  private place = 0;
  private missing = false;

  constructor(period: number, source: Source) {
    this.period = period;
    this.source = source;
    this.read = readerOf(source);
    this.ring = new Float64Array(period);
  }

  next(candle: Candle): void {
    this.one[0] = this.read(candle);
    this.fold(this.one, this.out);
  }

  fold(numbers: Float64Array, out: Float64Array): void {
    const { ring, period } = this;
    let { sum, lap, seen, place } = this;
    for (let i = 0; i < numbers.length; i += 1) {
      const value = numbers[i] ?? Number.NaN;
      if (Number.isNaN(value)) {
        [sum, lap, seen, place] = [0, 0, 0, 0];
        out[i] = Number.NaN;
        continue;
      }
      sum += value;
      if (seen === period) sum -= ring[place] ?? Number.NaN;
      else seen += 1;
      ring[place] = value;
      lap += value;
      place += 1;
      if (place === period) {
        sum = lap;
        lap = 0;
        place = 0;
      }
      out[i] = seen === period ? sum / period : Number.NaN;
    }
    this.sum = sum;
    this.lap = lap;
    this.seen = seen;
    this.place = place;
    this.missing = seen === 0;
  }

  why(): string | undefined {
    if (this.seen === this.period) return undefined;
    return this.missing ? NO_VOLUME : warmingUp(this.seen, this.period);
  }
}
