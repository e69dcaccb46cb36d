import type { CandleTape } from '../market/candle-tape.ts';
import type { Indicator } from './indicator.ts';
import { numbersOf } from './source.ts';

export type Rows = { readonly tape: CandleTape; readonly from: number; readonly to: number };

/** A column for each output of an indicator; the first row is written at `first`. */
export type Outputs = { readonly outputs: readonly Float64Array[]; readonly first: number };

/** The column form of an indicator: the same code as row by row, in a loop of its own. */
export function foldRows(indicator: Indicator, rows: Rows, { outputs, first }: Outputs): void {
  const { series, out } = indicator;
  const { tape, from, to } = rows;
  const numbers = series === undefined ? undefined : numbersOf(tape, series.source);
  const [only] = outputs;
  if (series === undefined || numbers === undefined || only === undefined) {
    foldCandles(indicator, rows, { outputs, first });
    return;
  }
  series.fold(numbers.subarray(from, to), only.subarray(first, first + to - from));
  out[0] = only[first + to - from - 1] ?? Number.NaN;
}

function foldCandles(indicator: Indicator, { tape, from, to }: Rows, { outputs, first }: Outputs): void {
  const { out } = indicator;
  for (let row = from; row < to; row += 1) {
    indicator.next(tape.read(row, tape.closeAt(row)));
    for (let k = 0; k < outputs.length; k += 1) {
      const output = outputs[k];
      if (output !== undefined) output[first + row - from] = out[k] ?? Number.NaN;
    }
  }
}
