import { type CandleColumns, type CandleView, createCandleView } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import type { Indicator } from './indicator.ts';

export type ColumnOptions = {
  readonly timeframeMs: number;
  /** Sessions in order of time, for readings that start anew at each; without them those stay undefined. */
  readonly sessions?: readonly Session[];
};

/**
 * A whole history of readings: one column per output, as long as `columns`, NaN where undefined.
 * Drives the same incremental code as a live run, so both give the same bits.
 *
 * @param indicator freshly created
 */
export function columnOf(
  indicator: Indicator,
  columns: CandleColumns,
  { timeframeMs, sessions = [] }: ColumnOptions,
): readonly Float64Array[] {
  const outputs = Array.from(indicator.out, () => new Float64Array(columns.length));
  const view = createCandleView(0);
  const firstAt = columns.openAt[0] ?? Number.NaN;
  let upcoming = 0;
  for (let row = 0; row < columns.length; row += 1) {
    readRow(columns, row, timeframeMs, view);
    for (
      let session = sessions[upcoming];
      session && session.openAt <= view.openAt;
      session = sessions[upcoming]
    ) {
      indicator.startSession?.(session, firstAt <= session.openAt);
      upcoming += 1;
    }
    indicator.next(view);
    for (const [k, output] of outputs.entries()) output[row] = indicator.out[k] ?? Number.NaN;
  }
  return outputs;
}

function readRow(columns: CandleColumns, row: number, timeframeMs: number, view: CandleView): void {
  const openAt = columns.openAt[row] ?? Number.NaN;
  view.openAt = openAt;
  view.closeAt = openAt + timeframeMs;
  view.open = columns.open[row] ?? Number.NaN;
  view.high = columns.high[row] ?? Number.NaN;
  view.low = columns.low[row] ?? Number.NaN;
  view.close = columns.close[row] ?? Number.NaN;
  view.volume = columns.volume?.[row] ?? Number.NaN;
}
