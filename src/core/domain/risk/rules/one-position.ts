import type { GateRule } from '../rule.ts';

export const onePosition: GateRule = {
  reads: 'gate',
  name: 'one-position',
  summary: 'One open order or position per symbol',
  reason: 'POSITION_OPEN',
  passes: ({ heldBefore }) => heldBefore === 0,
  read: ({ heldBefore }) => ({ value: heldBefore, limit: 0 }),
};
