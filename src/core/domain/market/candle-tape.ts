import { type Candle, type CandleColumns, type CandleView, createCandleView } from './candle.ts';

/**
 * One symbol's columns with the one view that moves over them: what a stage folds in a loop of its own, where a call
 * from outside for each candle would cost more than the fold. A class: its fields are read for every candle.
 */
export class CandleTape {
  readonly slot: number;
  readonly timeframeMs: number;
  readonly length: number;
  readonly openAt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the source has no volume. */
  readonly volume: Float64Array;
  private readonly view: CandleView;

  constructor(columns: CandleColumns, slot: number, timeframeMs: number) {
    this.slot = slot;
    this.timeframeMs = timeframeMs;
    this.length = columns.length;
    this.openAt = columns.openAt;
    this.open = columns.open;
    this.high = columns.high;
    this.low = columns.low;
    this.close = columns.close;
    this.volume = columns.volume ?? new Float64Array(columns.length).fill(Number.NaN);
    this.view = createCandleView(slot);
  }

  /** The candle of a row, closing where its timeframe ends or a session cuts it: the reused view. */
  read(row: number, closeAt: number): Candle {
    const { view } = this;
    view.openAt = this.openAt[row] ?? Number.NaN;
    view.closeAt = closeAt;
    view.open = this.open[row] ?? Number.NaN;
    view.high = this.high[row] ?? Number.NaN;
    view.low = this.low[row] ?? Number.NaN;
    view.close = this.close[row] ?? Number.NaN;
    view.volume = this.volume[row] ?? Number.NaN;
    return view;
  }

  /** When a row's whole timeframe has passed: the instant of a candle that no session cuts. */
  closeAt(row: number): number {
    return (this.openAt[row] ?? Number.NaN) + this.timeframeMs;
  }

  /** The first of the rows from `from` on, before `end`, that closes at `until` or later; `end` where none does. */
  firstClosingFrom(until: number, from: number, end: number): number {
    let [low, high] = [from, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.closeAt(middle) < until) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
