import type { GateRule } from '../rule.ts';

export const maxPositions: GateRule = {
  reads: 'gate',
  name: 'max-positions',
  summary: 'Open positions and working entries, this one included',
  reason: 'MAX_POSITIONS',
  check: ({ account, settings }) => {
    const value = account.positions + 1;
    return { value, limit: settings.maxPositions, pass: value <= settings.maxPositions };
  },
};
