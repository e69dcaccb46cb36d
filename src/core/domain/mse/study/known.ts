import type { CandleColumns } from '../../market/candle.ts';
import type { Session } from '../../market/session.ts';
import { closeAfter } from '../../replay.ts';

export type Timing = { readonly sessions: readonly Session[]; readonly baseTimeframeMs: number };

/** Columns as they were known at `at`: the candles that had closed by then, and no more decimals than these show. */
export function knownBy(of: CandleColumns, at: number, timing: Timing): CandleColumns {
  const length = closedBy(of, at, timing);
  const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
  const prices = { open: cut(of.open), high: cut(of.high), low: cut(of.low), close: cut(of.close) };
  return {
    symbol: of.symbol,
    length,
    openAt: cut(of.openAt),
    ...prices,
    volume: of.volume === undefined ? undefined : cut(of.volume),
    priceDecimals: Object.values(prices).reduce(mostDecimals, 0),
  };
}

/**
 * The last instant up to `at` at which a candle of the timeframe was over: where a strategy last decided. Undefined where
 * none was.
 */
export function decisionInstant(
  of: CandleColumns,
  at: number,
  timing: Timing & { readonly timeframeMs: number },
): number | undefined {
  for (let i = closedBy(of, at, timing) - 1; i >= 0; i -= 1) {
    const endAt = endOfBucket(of.openAt[i] ?? 0, timing);
    if (endAt <= at) return endAt;
  }
  return undefined;
}

function endOfBucket(openAt: number, { sessions, timeframeMs }: Timing & { readonly timeframeMs: number }) {
  const session = sessions.findLast((each) => each.openAt <= openAt);
  if (session === undefined) return Number.POSITIVE_INFINITY;
  const buckets = Math.floor((openAt - session.openAt) / timeframeMs) + 1;
  return Math.min(session.openAt + buckets * timeframeMs, session.closeAt);
}

/** How many candles had closed. */
function closedBy(of: CandleColumns, at: number, { sessions, baseTimeframeMs }: Timing): number {
  let from = 0;
  let to = of.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (closeAfter(of.openAt[middle] ?? 0, baseTimeframeMs, sessions) <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}

const MOST_DECIMALS = 9;

function mostDecimals(atLeast: number, prices: Float64Array): number {
  let most = atLeast;
  for (const price of prices) {
    while (most < MOST_DECIMALS && Math.round(price * 10 ** most) / 10 ** most !== price) most += 1;
  }
  return most;
}
