import { type CandleRows, keepOnly, pick } from './candle-rows.ts';

/** Rows that stand behind a later one. */
export function countOutOfOrder({ at, length }: CandleRows): number {
  let latest = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const stamp = at[i] ?? 0;
    if (stamp < latest) count++;
    else latest = stamp;
  }
  return count;
}

/** The rows by time; rows of one time stay in the file's order. */
export function inOrder(rows: CandleRows): CandleRows {
  if (isAscending(rows, 'weakly')) return rows;
  const { at } = rows;
  const places = Uint32Array.from({ length: rows.length }, (_, i) => i);
  places.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  return pick(rows, places);
}

/** What `dropDuplicates` found. */
type Duplicates = {
  readonly dropped: number;
  /** Places of the first two rows of one time that differ. */
  readonly conflict: readonly [first: number, second: number] | undefined;
};

/** Drops rows that say again what the row of the same time said, in place; stops at two that differ. Rows by time. */
export function dropDuplicates(rows: CandleRows): Duplicates {
  if (isAscending(rows, 'strictly')) return { dropped: 0, conflict: undefined };
  const { at, length } = rows;
  const kept = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const last = kept[count - 1] ?? 0;
    if (count > 0 && at[last] === at[i]) {
      if (!isSameCandle(rows, last, i)) return { dropped: 0, conflict: [last, i] };
    } else kept[count++] = i;
  }
  keepOnly(rows, kept, count);
  return { dropped: length - count, conflict: undefined };
}

function isAscending({ at, length }: CandleRows, how: 'strictly' | 'weakly'): boolean {
  for (let i = 1; i < length; i++) {
    const step = (at[i] ?? 0) - (at[i - 1] ?? 0);
    if (step < 0 || (step === 0 && how === 'strictly')) return false;
  }
  return true;
}

function isSameCandle({ open, high, low, close, volume }: CandleRows, a: number, b: number): boolean {
  return (
    open[a] === open[b] &&
    high[a] === high[b] &&
    low[a] === low[b] &&
    close[a] === close[b] &&
    (volume === undefined || Object.is(volume[a], volume[b]))
  );
}
