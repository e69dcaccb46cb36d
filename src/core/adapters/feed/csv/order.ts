import { type CandleRows, keepOnly, pick } from './candle-rows.ts';
import { turn } from './turn.ts';

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

/** The rows by time; rows of one time stay in the file's order. @throws the signal's reason once it is aborted */
export async function inOrder(rows: CandleRows, signal: AbortSignal | undefined): Promise<CandleRows> {
  if (isAscending(rows, 'weakly')) return rows;
  return pick(rows, await placesByTime(rows, signal));
}

/** As many places as are sorted in a few hundredths of a second: Ctrl-C waits no longer. */
const RUN = 1 << 16;

/** Runs that are sorted each, and merged two by two. */
async function placesByTime({ at, length }: CandleRows, signal: AbortSignal | undefined) {
  let places = new Uint32Array(length);
  for (let i = 0; i < length; i++) places[i] = i;
  for (let from = 0; from < length; from += RUN) {
    places.subarray(from, from + RUN).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    await turn(signal);
  }
  let merged = new Uint32Array(length);
  for (let run = RUN; run < length; run *= 2) {
    for (let from = 0; from < length; from += 2 * run) {
      const middle = Math.min(from + run, length);
      merge(at, places, merged, { from, middle, to: Math.min(middle + run, length) });
      await turn(signal);
    }
    [places, merged] = [merged, places];
  }
  return places;
}

/** places[from, middle) and places[middle, to), each by time, into one; of one time the former come first. */
function merge(
  at: Float64Array,
  places: Uint32Array,
  into: Uint32Array,
  { from, middle, to }: { readonly from: number; readonly middle: number; readonly to: number },
): void {
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const a = places[left] ?? 0;
    const b = places[right] ?? 0;
    const isLeft = right >= to || (left < middle && (at[a] ?? 0) <= (at[b] ?? 0));
    into[i] = isLeft ? a : b;
    if (isLeft) left++;
    else right++;
  }
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
