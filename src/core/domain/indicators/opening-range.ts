import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { NO_SESSION, SESSION_INCOMPLETE } from './why.ts';

/** High of the session's first minutes. Undefined until they are over, and in a session that was not seen from its open. */
export const orbHigh = openingRange('orb_high', 'High of the first 5 minutes of the session', 'high');

/** Low of the session's first minutes, likewise. */
export const orbLow = openingRange('orb_low', 'Low of the first 5 minutes of the session', 'low');

function openingRange(name: string, summary: string, side: 'high' | 'low') {
  return entry({
    name,
    summary,
    sessionAnchored: true,
    params: { minutes: { kind: 'whole', default: 5, min: 1, max: 1_440 } },
    misfit: ({ minutes }, timeframeMs) =>
      (minutes * 60_000) % timeframeMs === 0
        ? undefined
        : `params.minutes a multiple of the timeframe: ${minutes} minutes cannot be told from ${formatTimeframe(timeframeMs)} candles`,
    create: ({ minutes }) => createOpeningRange(minutes, side),
  });
}

function createOpeningRange(minutes: number, side: 'high' | 'low'): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const range = { extreme: Number.NaN, endAt: Number.NaN, complete: false };

  function next(candle: Candle): void {
    if (!range.complete) return;
    if (candle.openAt < range.endAt) {
      // Math.max and Math.min would keep the NaN of the start.
      const beyond = side === 'high' ? candle.high <= range.extreme : candle.low >= range.extreme;
      if (!beyond) range.extreme = side === 'high' ? candle.high : candle.low;
    }
    if (candle.closeAt >= range.endAt) out[0] = range.extreme;
  }

  function startSession(session: Session, complete: boolean): void {
    out[0] = Number.NaN;
    range.extreme = Number.NaN;
    range.endAt = session.openAt + minutes * 60_000;
    range.complete = complete;
  }

  function why(): string | undefined {
    if (!Number.isNaN(out[0])) return undefined;
    if (Number.isNaN(range.endAt)) return NO_SESSION;
    return range.complete ? `opening range of ${minutes} minutes not complete` : SESSION_INCOMPLETE;
  }
  return { out, next, startSession, why };
}
