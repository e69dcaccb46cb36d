import type { FeedHealth, FeedInstrument, FeedTick } from '../../ports/feed.ts';

/** Of times by slot, NaN where there is none yet: those of the port, and the newest of all. */
export function newestOf(times: Float64Array): Pick<FeedHealth, 'newestAt' | 'newestAtOf'> {
  const newestAtOf = Array.from(times, (at) => (Number.isNaN(at) ? undefined : at));
  const known = newestAtOf.filter((at) => at !== undefined);
  return { newestAt: known.length === 0 ? undefined : Math.max(...known), newestAtOf };
}

/** What was heard last of each symbol, by slot. */
export type NewestTicks = {
  readonly newestAt: Float64Array;
  readonly newestPrice: Float64Array;
  readonly newestSize: Float64Array;
};

/** Gives, at each call, the newest tick of the symbols that were heard since the call before. */
export function createTickWindow(
  { newestAt, newestPrice, newestSize }: NewestTicks,
  instruments: readonly FeedInstrument[],
): () => readonly FeedTick[] {
  const shownAt = new Float64Array(instruments.length).fill(Number.NEGATIVE_INFINITY);
  return () => {
    const ticks: FeedTick[] = [];
    for (const [slot, { symbol }] of instruments.entries()) {
      const at = newestAt[slot] ?? Number.NaN;
      if (!(at > (shownAt[slot] ?? 0))) continue;
      shownAt[slot] = at;
      const size = newestSize[slot] ?? Number.NaN;
      ticks.push({ symbol, at, price: newestPrice[slot] ?? 0, ...(Number.isNaN(size) ? {} : { size }) });
    }
    return ticks;
  };
}
