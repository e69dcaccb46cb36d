/** The three truth values of DESIGN §6, as small numbers for the hot path. */
export const TRUE = 1;
export const FALSE = 0;
export const UNDEFINED = -1;

export type Truth = typeof TRUE | typeof FALSE | typeof UNDEFINED;

/** A compiled rule or condition, read off the cells of the readings as they now stand. */
export type Test = () => Truth;

/** Kleene: false if one is false, else undefined if one is, else true. */
export function allOf(tests: readonly Test[]): Test {
  return () => {
    let truth: Truth = TRUE;
    for (const test of tests) {
      const result = test();
      if (result === FALSE) return FALSE;
      if (result === UNDEFINED) truth = UNDEFINED;
    }
    return truth;
  };
}

/** Kleene: true if one is true, else undefined if one is, else false. */
export function anyOf(tests: readonly Test[]): Test {
  return () => {
    let truth: Truth = FALSE;
    for (const test of tests) {
      const result = test();
      if (result === TRUE) return TRUE;
      if (result === UNDEFINED) truth = UNDEFINED;
    }
    return truth;
  };
}

export function not(test: Test): Test {
  return () => negate(test());
}

/** What is not known stays not known. */
export function negate(truth: Truth): Truth {
  if (truth === UNDEFINED) return UNDEFINED;
  return truth === TRUE ? FALSE : TRUE;
}
