import type { GateRule } from '../rule.ts';

export const maxPositions: GateRule = {
  reads: 'gate',
  name: 'max-positions',
  summary: 'Open positions and working entries, this one included',
  reason: 'MAX_POSITIONS',
  passes: ({ desk: { account, settings } }) => account.positions + 1 <= settings.maxPositions,
  read: ({ desk: { account, settings } }) => ({ value: account.positions + 1, limit: settings.maxPositions }),
};
