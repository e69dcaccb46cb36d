import type { GateRule } from '../rule.ts';

/** An index is analysed, not traded, unless the user trades it as something else. */
export const tradable: GateRule = {
  reads: 'gate',
  name: 'tradable',
  summary: 'The symbol can be traded: an index cannot',
  reason: 'NOT_TRADABLE',
  passes: ({ desk }) => desk.instrument.type !== 'index',
  read: ({ desk }) => ({ value: desk.instrument.type, limit: 'not index' }),
};
