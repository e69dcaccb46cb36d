import type { GateRule } from '../rule.ts';

/** New entries only between the day's offsets from its open and close, both ends included. Value and limit are instants. */
export const entryWindow: GateRule = {
  reads: 'gate',
  name: 'entry-window',
  summary: 'Entries are decided inside the entry window of the session',
  reason: 'ENTRY_WINDOW',
  check: ({ at, session }) => {
    if (session === undefined) return { value: at, limit: 'no session', pass: false };
    const early = at < session.entryFromAt;
    return {
      value: at,
      limit: early ? session.entryFromAt : session.entryUntilAt,
      pass: !early && at <= session.entryUntilAt,
    };
  },
};
