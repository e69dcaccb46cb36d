import type { Calendar } from '../../../domain/market/calendar.ts';
import type { Session } from '../../../domain/market/session.ts';
import type { ReadOptions } from '../../../ports/candle-files.ts';

/** What every file and symbol of one reading shares. */
export type ReadContext = {
  readonly options: ReadOptions;
  readonly calendar: Calendar;
  /** Sessions around all stamps, by time. */
  readonly sessions: readonly Session[];
  readonly timeframe: number;
  /** The commonest step of each file, in ms: more than one where files are of different timeframes. */
  readonly steps: ReadonlySet<number>;
};
