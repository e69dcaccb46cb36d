import { describe, expect, it } from 'vitest';
import { conditionCatalog } from '../../../../../src/core/domain/rules/catalog.ts';
import type { Condition } from '../../../../../src/core/domain/rules/strategy.ts';
import { FALSE, TRUE, UNDEFINED } from '../../../../../src/core/domain/rules/truth.ts';

const NAN = Number.NaN;

type Operands = {
  left: number;
  right?: number;
  upper?: number;
  previousLeft?: number;
  previousRight?: number;
};

function test(
  condition: Condition,
  { left, right = 0, upper = 0, previousLeft = 0, previousRight = 0 }: Operands,
) {
  return conditionCatalog[condition].judge(left, right, upper, previousLeft, previousRight);
}

describe('comparisons', () => {
  it.each([
    ['>', FALSE, FALSE, TRUE],
    ['>=', FALSE, TRUE, TRUE],
    ['<', TRUE, FALSE, FALSE],
    ['<=', TRUE, TRUE, FALSE],
    ['==', FALSE, TRUE, FALSE],
    ['!=', TRUE, FALSE, TRUE],
  ] as const)('%s: below %i, equal %i, above %i', (condition, below, equal, above) => {
    expect(test(condition, { left: 1, right: 2 })).toBe(below);
    expect(test(condition, { left: 2, right: 2 })).toBe(equal);
    expect(test(condition, { left: 3, right: 2 })).toBe(above);
    expect(test(condition, { left: -3, right: -2 })).toBe(below);
  });

  it('take rounding noise for a tie: three tenths, added up or not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(test('==', { left: 0.1 + 0.2, right: 0.3 })).toBe(TRUE);
    expect(test('>', { left: 0.1 + 0.2, right: 0.3 })).toBe(FALSE);
  });

  it('tell apart what a tick tells apart, also at large prices', () => {
    expect(test('>', { left: 100_000.01, right: 100_000 })).toBe(TRUE);
    expect(test('>', { left: 0.00000002, right: 0.00000001 })).toBe(TRUE);
  });
});

describe('crosses', () => {
  // previous left and right, left and right now; above, below
  it.each([
    [1, 2, 3, 2, TRUE, FALSE],
    [3, 2, 1, 2, FALSE, TRUE],
    [2, 2, 3, 2, TRUE, FALSE],
    [2, 2, 1, 2, FALSE, TRUE],
    [3, 2, 4, 2, FALSE, FALSE],
    [1, 2, 2, 2, FALSE, FALSE],
    [3, 2, 2, 2, FALSE, FALSE],
    [2, 2, 2, 2, FALSE, FALSE],
    [2, 3, 2, 1, TRUE, FALSE],
  ])(
    '%i against %i, then %i against %i: above %i, below %i',
    (previousLeft, previousRight, left, right, above, below) => {
      const operands = { previousLeft, previousRight, left, right };
      expect(test('crosses_above', operands)).toBe(above);
      expect(test('crosses_below', operands)).toBe(below);
    },
  );
});

describe('crosses of numbers that differ by rounding noise', () => {
  const noisy = 0.1 + 0.2; // a little above 0.3

  it('are none: such numbers are equal', () => {
    expect(test('crosses_above', { previousLeft: 0.2, previousRight: 0.3, left: noisy, right: 0.3 })).toBe(
      FALSE,
    );
    expect(test('crosses_below', { previousLeft: 0.4, previousRight: noisy, left: 0.3, right: noisy })).toBe(
      FALSE,
    );
  });

  it('begin at equal ones', () => {
    expect(test('crosses_above', { previousLeft: noisy, previousRight: 0.3, left: 0.4, right: 0.3 })).toBe(
      TRUE,
    );
    expect(test('crosses_below', { previousLeft: 0.3, previousRight: noisy, left: 0.2, right: noisy })).toBe(
      TRUE,
    );
  });
});

describe('between', () => {
  it.each([
    [0, FALSE],
    [1, TRUE],
    [2, TRUE],
    [3, TRUE],
    [4, FALSE],
  ])('%i between 1 and 3: %i', (left, expected) => {
    expect(test('between', { left, right: 1, upper: 3 })).toBe(expected);
  });
});

describe('an undefined operand', () => {
  const defined = { left: 1, right: 2, upper: 3, previousLeft: 3, previousRight: 2 };
  const looks: Readonly<Record<string, readonly (keyof typeof defined)[]>> = {
    between: ['left', 'right', 'upper'],
    crosses_above: ['left', 'right', 'previousLeft', 'previousRight'],
    crosses_below: ['left', 'right', 'previousLeft', 'previousRight'],
  };

  it.each(Object.keys(conditionCatalog) as Condition[])('makes %s undefined', (condition) => {
    for (const operand of looks[condition] ?? ['left', 'right']) {
      expect(test(condition, { ...defined, [operand]: NAN }), operand).toBe(UNDEFINED);
    }
  });
});
