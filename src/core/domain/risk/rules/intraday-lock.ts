import type { GateRule } from '../rule.ts';

/** Taken at approval; released when an entry is cancelled unfilled, else at session end (or at the close: `lock: position`). */
export const intradayLock: GateRule = {
  reads: 'gate',
  name: 'intraday-lock',
  summary: 'One trade per symbol and session',
  reason: 'LOCKED',
  passes: ({ lockedBefore }) => !lockedBefore,
  read: ({ lockedBefore }) => ({ value: lockedBefore ? 'locked' : 'free', limit: 'free' }),
};
