import { TradekitError } from '../error.ts';

/**
 * Where an event stands in its run: the instant `n` (1, 2, 3 … logical time), the phase of that instant (`rank`), and
 * the count within the phase (`i`, from 0). Unique over all channels, and the order in which every host takes events.
 */
export type Position = { readonly n: number; readonly rank: number; readonly i: number };

/** The phases of one instant, in their order. */
export const RANK = {
  /** Candles that closed, and marks. */
  feed: 0,
  /** exec meets them: fills and closes. */
  met: 1,
  signals: 2,
  plans: 3,
  decisions: 4,
  /** exec accepts orders. */
  accepted: 5,
  /** What came from outside: a kill, a broker's report. */
  outside: 6,
} as const;

const RANKS = 10;
const LAST_RANK = RANKS - 1;
const COUNTS = 1_000_000;
/** No event stands here: the end of a phase. */
const LAST_COUNT = COUNTS - 1;
const PER_INSTANT = RANKS * COUNTS;
/** So many instants still pack into a safe integer: all minutes of 1,700 years. */
const LAST_INSTANT = Math.floor(Number.MAX_SAFE_INTEGER / PER_INSTANT) - 1;

/** Before everything: what is done when nothing is. */
export const BEFORE_ALL: Position = { n: 0, rank: 0, i: 0 };

/** Behind everything that stands in a phase of an instant. */
export function endOfRank(n: number, rank: number): Position {
  return { n, rank, i: LAST_COUNT };
}

/** Behind everything that stands in an instant. */
export function endOfInstant(n: number): Position {
  return endOfRank(n, LAST_RANK);
}

/** Below 0 where `a` comes first, 0 where they are one. */
export function comparePositions(a: Position, b: Position): number {
  return a.n - b.n || a.rank - b.rank || a.i - b.i;
}

/** The first of them in order; of none, before all. */
export function lowestOf(positions: readonly Position[]): Position {
  return positions.reduce(
    (low, other) => (comparePositions(other, low) < 0 ? other : low),
    positions[0] ?? BEFORE_ALL,
  );
}

/**
 * One safe integer in the same order: the SQLite key.
 *
 * @throws BUG where a part is out of its bounds
 */
export function packPosition(position: Position): number {
  const { n, rank, i } = position;
  if (!isWithin(n, LAST_INSTANT) || !isWithin(rank, LAST_RANK) || !isWithin(i, LAST_COUNT)) {
    throw new TradekitError('BUG', `No position: ${JSON.stringify(position)}.`);
  }
  return n * PER_INSTANT + rank * COUNTS + i;
}

export function unpackPosition(packed: number): Position {
  const within = packed % PER_INSTANT;
  return { n: (packed - within) / PER_INSTANT, rank: Math.floor(within / COUNTS), i: within % COUNTS };
}

/** `n-(rank·10⁶+i)`: the Redis stream id. */
export function formatPosition(position: Position): string {
  const within = packPosition(position) - position.n * PER_INSTANT;
  return `${position.n}-${within}`;
}

/** @throws DATA where the text is no position */
export function parsePosition(text: string): Position {
  const [, n, within] = /^(\d{1,9})-(\d{1,7})$/.exec(text) ?? [];
  if (n === undefined || within === undefined || Number(n) > LAST_INSTANT) {
    throw new TradekitError('DATA', `"${text}" is no position.`, {
      hint: 'A position reads "instant-place", such as "381-4000000".',
    });
  }
  return unpackPosition(Number(n) * PER_INSTANT + Number(within));
}

function isWithin(value: number, last: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= last;
}
