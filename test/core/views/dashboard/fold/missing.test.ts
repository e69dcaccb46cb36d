import { describe, expect, it } from 'vitest';
import type { TraceItem } from '../../../../../src/core/domain/events/events.ts';
import type { LogicNode } from '../../../../../src/core/domain/rules/strategy.ts';
import { distanceOf } from '../../../../../src/core/views/dashboard/fold/missing.ts';

const LEAF: LogicNode = {
  leaf: {
    kind: 'compare',
    left: { constant: 1, label: '1' },
    condition: '>',
    right: [{ constant: 0, label: '0' }],
  },
};
const all = (...rules: LogicNode[]): LogicNode => ({ operator: 'AND', rules });
const any = (...rules: LogicNode[]): LogicNode => ({ operator: 'OR', rules });
const not = (...rules: LogicNode[]): LogicNode => ({ operator: 'NOT', rules });

/** `TFU`: a trace of true, false, undefined; conditions are named by their place. */
function traceOf(results: string): readonly TraceItem[] {
  const words = { T: 'true', F: 'false', U: 'undefined' } as const;
  return [...results].map((letter, i) => ({
    condition: String(i),
    result: words[letter as keyof typeof words],
    values: {},
  }));
}

describe('what a logic lacks', () => {
  it.each([
    ['all of them, some missing', all(LEAF, LEAF, LEAF), 'TFU', 3, '12'],
    ['one alternative holds', all(LEAF, any(LEAF, LEAF)), 'TFT', 2, ''],
    ['the nearer alternative', any(all(LEAF, LEAF), all(LEAF, LEAF)), 'FFTF', 2, '3'],
    ['NOT of one, told as negated', not(LEAF), 'T', 1, ''],
    ['NOT of several: one that fails is enough', not(LEAF, LEAF), 'FT', 1, ''],
    ['NOT of a group that fails', not(all(LEAF, LEAF)), 'TF', 2, ''],
    ['NOT of a group that holds', not(all(LEAF, LEAF)), 'TT', 2, '01'],
    ['NOT of a group that nobody knows', not(all(LEAF, LEAF)), 'TU', 2, '01'],
    ['NOT of alternatives of which one fails, nobody knows the other', not(any(LEAF, LEAF)), 'FU', 1, '01'],
    ['NOT of alternatives that all fail', not(any(LEAF, LEAF)), 'FF', 1, ''],
    ['NOT of a group in a group', not(all(LEAF, not(all(LEAF, LEAF)))), 'TTT', 3, ''],
    ['what is behind a group is read in its place', all(not(all(LEAF, LEAF)), LEAF), 'TFF', 3, '2'],
  ] as const)('%s', (_, logic, results, conditions, missing) => {
    const distance = distanceOf(logic, traceOf(results));
    expect(distance.conditions).toBe(conditions);
    expect(distance.missing.map(({ condition }) => condition).join('')).toBe(missing);
  });
});
