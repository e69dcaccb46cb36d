import { formatClock } from '../../market/civil.ts';
import type { GateRule } from '../rule.ts';

/** New entries only between the day's offsets from its open and close, both ends included. Value and limit are exchange times. */
export const entryWindow: GateRule = {
  reads: 'gate',
  readsClock: true,
  name: 'entry-window',
  summary: 'Entries are decided inside the entry window of the session',
  reason: 'ENTRY_WINDOW',
  passes: ({ at, session }) =>
    session !== undefined && at >= session.entryFromAt && at <= session.entryUntilAt,
  read: ({ at, session }) => {
    if (session === undefined) return { value: 'after the close', limit: 'no session' };
    const clock = (of: number): string => formatClock(session.openTimeOfDayMs + of - session.openAt);
    return {
      value: clock(at),
      limit: clock(at < session.entryFromAt ? session.entryFromAt : session.entryUntilAt),
    };
  },
};
