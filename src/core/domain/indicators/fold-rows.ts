import type { CandleTape } from '../market/candle-tape.ts';
import type { Indicator, Series } from './indicator.ts';
import { numbersOf } from './source.ts';

export type Rows = { readonly tape: CandleTape; readonly from: number; readonly to: number };

/** A column for each output of an indicator; the first row is written at `first`. */
export type Outputs = { readonly outputs: readonly Float64Array[]; readonly first: number };

/** The column form of an indicator: its own step for each row, in a loop that is compiled as one. */
export function foldRows(indicator: Indicator, rows: Rows, { outputs, first }: Outputs): void {
  const { series } = indicator;
  const numbers = series === undefined ? undefined : numbersOf(rows.tape, series.source);
  const [only] = outputs;
  if (series === undefined || numbers === undefined || only === undefined)
    foldCandles(indicator, rows, { outputs, first });
  else foldNumbers(series, indicator.out, numbers.subarray(rows.from, rows.to), only.subarray(first));
}

function foldNumbers(series: Series, out: Float64Array, numbers: Float64Array, output: Float64Array): void {
  let last = Number.NaN;
  for (let i = 0; i < numbers.length; i += 1) {
    last = series.step(numbers[i] ?? Number.NaN);
    output[i] = last;
  }
  out[0] = last;
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
