import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import type { Source } from './source.ts';

/**
 * A reading folded from closed candles, oldest first. One incremental implementation drives live and column form.
 *
 * `out` holds the current outputs, one cell each; NaN means undefined (warming up, no volume, session incomplete).
 * `next` allocates nothing and keeps nothing of the candle but numbers.
 */
export interface Indicator {
  readonly out: Float64Array;
  next(candle: Candle): void;
  /** Session-anchored readings start anew here. `complete` is false when the feed began after the session's open. */
  startSession?(session: Session, complete: boolean): void;
  /** Where one number of each candle is all that is folded: which, and how. */
  readonly series?: Series;
  /** Why `out` is undefined now, for traces: `warming up (9 of 20)`, `no volume`, `session incomplete`. */
  why(): string | undefined;
}

/** Folds numbers, oldest first, and writes what each gives to `out`: the step that `next` takes, in a loop. */
export interface Series {
  readonly source: Source;
  fold(numbers: Float64Array, out: Float64Array): void;
}
