import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import { entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { hlc3 } from './source.ts';
import { NO_SESSION, NO_VOLUME, SESSION_INCOMPLETE, warmingUp } from './why.ts';

/**
 * Volume-weighted average price from the session's open, each candle at its typical price (high + low + close) ÷ 3.
 *
 * Undefined in a session that was not seen from its open, before the first volume, and from a candle without volume
 * to the session's end. Summed as distances from the first price, so that an unmoved price is its own average.
 */
export const vwap = entry({
  name: 'vwap',
  summary: 'Volume-weighted average price since the open of the session',
  sessionAnchored: true,
  needsVolume: true,
  create: createVwap,
});

function createVwap(): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const state = { first: 0, weighted: 0, volume: 0, seen: 0, started: false, complete: false };

  function next(candle: Candle): void {
    if (!state.complete) return;
    const price = hlc3(candle);
    if (state.seen === 0) state.first = price;
    state.seen += 1;
    state.volume += candle.volume;
    state.weighted += (price - state.first) * candle.volume;
    out[0] = state.volume > 0 ? state.first + state.weighted / state.volume : Number.NaN;
  }

  function startSession(_session: Session, complete: boolean): void {
    out[0] = Number.NaN;
    state.weighted = 0;
    state.volume = 0;
    state.seen = 0;
    state.started = true;
    state.complete = complete;
  }

  function why(): string | undefined {
    if (!Number.isNaN(out[0])) return undefined;
    if (!state.started) return NO_SESSION;
    if (!state.complete) return SESSION_INCOMPLETE;
    return state.seen === 0 ? warmingUp(0, 1) : NO_VOLUME;
  }
  return { out, next, startSession, why };
}
