import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  FALSE,
  negate,
  not,
  TRUE,
  type Truth,
  UNDEFINED,
} from '../../../../src/core/domain/rules/truth.ts';

const T: Truth = TRUE;
const F: Truth = FALSE;
const U: Truth = UNDEFINED;
const fixed = (truths: readonly Truth[]) => truths.map((truth) => () => truth);
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
      expect(allOf(fixed(truths))()).toBe(all);
      expect(anyOf(fixed(truths))()).toBe(any);
    },
  );

  it('keeps what is not known through NOT', () => {
    expect([negate(T), negate(F), negate(U)]).toEqual([F, T, U]);
    expect(not(() => UNDEFINED)()).toBe(UNDEFINED);
  });

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(someTruths, (truths) => {
        const negated = fixed(truths.map(negate));
        expect(negate(allOf(fixed(truths))())).toBe(anyOf(negated)());
      }),
    );
  });

  it('does not depend on the order of the rules', () => {
    fc.assert(
      fc.property(someTruths, (truths) => {
        const turned = [...truths].reverse();
        expect(allOf(fixed(turned))()).toBe(allOf(fixed(truths))());
        expect(anyOf(fixed(turned))()).toBe(anyOf(fixed(truths))());
      }),
    );
  });
});
