import type { Candle, CandleColumns } from '../../src/core/domain/market/candle.ts';

/** The forbidden look: the base candle after one that closed, of the columns that are being run. For planted peeks only. */
let columns: readonly CandleColumns[] = [];

export function setFuture(of: readonly CandleColumns[]): void {
  columns = of;
}

export type Glimpse = { readonly high: number; readonly low: number; readonly close: number };

/** Undefined at the end of the data: there a peek has nothing to see, which is how it is found out. */
export function candleAfter({ slot, closeAt }: Pick<Candle, 'slot' | 'closeAt'>): Glimpse | undefined {
  const own = columns[slot];
  if (own === undefined) return undefined;
  const index = firstFrom(own.openAt, closeAt);
  if (index >= own.length) return undefined;
  const at = (column: Float64Array): number => column[index] ?? Number.NaN;
  return { high: at(own.high), low: at(own.low), close: at(own.close) };
}

function firstFrom(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
