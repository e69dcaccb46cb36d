import type { Candle } from '../../../../src/core/domain/market/candle.ts';
import type { Session } from '../../../../src/core/domain/market/session.ts';

export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** 2024-01-01 00:00 in Kolkata, UTC epoch ms. */
const FIRST_MIDNIGHT = 1_704_047_400_000;

/** Session number `day` of a market that is open 09:15 to 15:30. */
export function session(day = 0): Session {
  const midnight = FIRST_MIDNIGHT + day * DAY_MS;
  const openTimeOfDayMs = (9 * 60 + 15) * MINUTE_MS;
  const openAt = midnight + openTimeOfDayMs;
  const closeAt = midnight + (15 * 60 + 30) * MINUTE_MS;
  return {
    date: `2024-01-${String(day + 1).padStart(2, '0')}`,
    openAt,
    closeAt,
    openTimeOfDayMs,
    entryFromAt: openAt,
    entryUntilAt: closeAt,
    squareOffAt: closeAt,
  };
}

/** A drawn candle: [open, high, low, close, volume]. */
export type Drawn = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Drawn candles, one after the other from the open of a session. */
export function tape(drawn: readonly Drawn[], { day = 0, minutes = 5 } = {}): readonly Candle[] {
  const { openAt } = session(day);
  const timeframeMs = minutes * MINUTE_MS;
  return drawn.map(([open, high, low, close, volume = 1_000], k) => ({
    slot: 0,
    openAt: openAt + k * timeframeMs,
    closeAt: openAt + (k + 1) * timeframeMs,
    open,
    high,
    low,
    close,
    volume,
  }));
}

/** A candle around its close: opens at `from`, reaches a little beyond both. */
function towards(from: number, close: number, volume = 1_000): Drawn {
  return [from, Math.max(from, close) + 0.5, Math.min(from, close) - 0.5, close, volume];
}

/** Candles that go from close to close. */
export function path(closes: readonly number[], volume = 1_000): readonly Drawn[] {
  return closes.map((close, k) => towards(closes[k - 1] ?? close, close, volume));
}

/** Numbers between 0 and 1 that are the same on each run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A random walk on a grid of 0.05, whole sessions of 75 five-minute candles. */
export function wander(days: number, seed = 42): readonly (readonly Candle[])[] {
  const random = seeded(seed);
  const step = (scale: number) => Math.round((random() - 0.5) * scale) / 20;
  let price = 200;
  return Array.from({ length: days }, (_, day) => {
    const drawn = Array.from({ length: 75 }, (): Drawn => {
      const open = price;
      price = Math.max(50, Math.round((price + step(30)) * 20) / 20);
      const high = Math.round((Math.max(open, price) + Math.abs(step(16))) * 20) / 20;
      const low = Math.round((Math.min(open, price) - Math.abs(step(16))) * 20) / 20;
      return [open, high, low, price, Math.floor(random() ** 4 * 20_000) + 1];
    });
    return tape(drawn, { day });
  });
}
