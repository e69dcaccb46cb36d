import type { CandleView } from './candle.ts';
import type { Session } from './session.ts';

/**
 * The base candles of all symbols in one bucket of time, as ticks make them.
 *
 * Open is the price of the earliest tick by exchange time, close of the latest; of ticks of one time the first heard
 * opens and the last heard closes. Ticks that are equal are two trades. Volume is the sum of sizes, NaN once a size is
 * unknown. A class over columns by slot: it is met by every tick.
 */
export class TickBucket {
  openAt = 0;
  closeAt = 0;
  /** Open of the session it lies in. */
  sessionOpenAt = 0;
  /** Ticks by slot; 0: no candle. */
  readonly ticks: Uint32Array;
  private readonly firstAt: Float64Array;
  private readonly lastAt: Float64Array;
  private readonly open: Float64Array;
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  private readonly close: Float64Array;
  private readonly volume: Float64Array;

  constructor(symbols: number) {
    this.ticks = new Uint32Array(symbols);
    this.firstAt = new Float64Array(symbols);
    this.lastAt = new Float64Array(symbols);
    this.open = new Float64Array(symbols);
    this.high = new Float64Array(symbols);
    this.low = new Float64Array(symbols);
    this.close = new Float64Array(symbols);
    this.volume = new Float64Array(symbols);
  }

  /** Empties it for the bucket that begins at `openAt`; a bucket is cut at its session's close. */
  begin(openAt: number, timeframeMs: number, session: Session): void {
    this.openAt = openAt;
    this.closeAt = Math.min(openAt + timeframeMs, session.closeAt);
    this.sessionOpenAt = session.openAt;
    this.ticks.fill(0);
  }

  add(slot: number, at: number, price: number, size: number): void {
    const { ticks, firstAt, lastAt, open, high, low, close, volume } = this;
    if (ticks[slot] === 0) {
      firstAt[slot] = lastAt[slot] = at;
      open[slot] = high[slot] = low[slot] = close[slot] = price;
      volume[slot] = size;
    } else {
      if (price > (high[slot] ?? 0)) high[slot] = price;
      if (price < (low[slot] ?? 0)) low[slot] = price;
      if (at < (firstAt[slot] ?? 0)) {
        firstAt[slot] = at;
        open[slot] = price;
      }
      if (at >= (lastAt[slot] ?? 0)) {
        lastAt[slot] = at;
        close[slot] = price;
      }
      volume[slot] = (volume[slot] ?? 0) + size;
    }
    ticks[slot] = (ticks[slot] ?? 0) + 1;
  }

  /** Shows the candle of `view.slot`. */
  show(view: CandleView): void {
    const { slot } = view;
    view.openAt = this.openAt;
    view.closeAt = this.closeAt;
    view.open = this.open[slot] ?? 0;
    view.high = this.high[slot] ?? 0;
    view.low = this.low[slot] ?? 0;
    view.close = this.close[slot] ?? 0;
    view.volume = this.volume[slot] ?? 0;
  }
}
