import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  FALSE,
  negate,
  not,
  type Test,
  TRUE,
  type Truth,
  UNDEFINED,
} from '../../../../src/core/domain/rules/truth.ts';

const T: Truth = TRUE;
const F: Truth = FALSE;
const U: Truth = UNDEFINED;
const fixed = (truths: readonly Truth[]): readonly Test[] =>
  truths.map((truth) => ({ now: () => truth, rows: (rows, count) => rows.fill(truth, 0, count) }));
const someTruths = fc.array(fc.constantFrom<Truth>(T, F, U), { minLength: 1, maxLength: 6 });

describe('three truth values', () => {
  // Kleene's strong tables.
  it.each([
    [[T, T], T, T],
    [[T, F], F, T],
    [[F, F], F, F],
    [[T, U], U, T],
    [[U, T], U, T],
    [[F, U], F, U],
    [[U, F], F, U],
    [[U, U], U, U],
  ] satisfies readonly (readonly [readonly Truth[], Truth, Truth])[])(
    '%j: AND %i, OR %i',
    (truths, all, any) => {
      expect(allOf(fixed(truths)).now()).toBe(all);
      expect(anyOf(fixed(truths)).now()).toBe(any);
    },
  );

  it('keeps what is not known through NOT', () => {
    expect([negate(T), negate(F), negate(U)]).toEqual([F, T, U]);
    expect(fixed([T, F, U]).map((test) => not(test).now())).toEqual([F, T, U]);
  });

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(someTruths, (truths) => {
        const negated = fixed(truths.map(negate));
        expect(negate(allOf(fixed(truths)).now())).toBe(anyOf(negated).now());
      }),
    );
  });

  it('does not depend on the order of the rules', () => {
    fc.assert(
      fc.property(someTruths, (truths) => {
        const turned = [...truths].reverse();
        expect(allOf(fixed(turned)).now()).toBe(allOf(fixed(truths)).now());
        expect(anyOf(fixed(turned)).now()).toBe(anyOf(fixed(truths)).now());
      }),
    );
  });

  it('says of rows what it says of each', () => {
    const ROWS = 5;
    const columns = fc.array(
      fc.array(fc.constantFrom<Truth>(T, F, U), { minLength: ROWS, maxLength: ROWS }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(columns, (of) => {
        let row = 0;
        const tests = of.map(
          (truths): Test => ({ now: () => truths[row] ?? U, rows: (rows) => rows.set(truths) }),
        );
        for (const test of [
          allOf(tests),
          anyOf(tests),
          not(allOf(tests)),
          allOf([anyOf(tests), not(anyOf(tests))]),
        ]) {
          const rows = new Int8Array(ROWS);
          test.rows(rows, ROWS);
          for (row = 0; row < ROWS; row += 1) expect(rows[row]).toBe(test.now());
        }
      }),
    );
  });
});
