import type { GateRule } from '../rule.ts';

export const onePosition: GateRule = {
  reads: 'gate',
  name: 'one-position',
  summary: 'One open order or position per symbol',
  reason: 'POSITION_OPEN',
  check: ({ heldBefore }) => ({ value: heldBefore, limit: 0, pass: heldBefore === 0 }),
};
