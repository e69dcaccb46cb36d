/** The three truth values of DESIGN §6, as small numbers for the hot path. */
export const TRUE = 1;
export const FALSE = 0;
export const UNDEFINED = -1;

export type Truth = typeof TRUE | typeof FALSE | typeof UNDEFINED;

/** A compiled rule or condition, read off the columns of the readings as they now stand. */
export interface Test {
  /** At the candle at which they stand. */
  now(): Truth;
  /** At the last `count` rows of one timeframe's columns, oldest first: what `now` said, or would have, at each. */
  rows(truths: Int8Array, count: number): void;
}

/** Kleene: false if one is false, else undefined if one is, else true. */
export function allOf(tests: readonly Test[]): Test {
  return joined(tests, TRUE, FALSE);
}

/** Kleene: true if one is true, else undefined if one is, else false. */
export function anyOf(tests: readonly Test[]): Test {
  return joined(tests, FALSE, TRUE);
}

/** `decisive` wherever one test says it, else undefined where one is, else what no test says otherwise. */
function joined(tests: readonly Test[], otherwise: Truth, decisive: Truth): Test {
  return {
    now() {
      let truth = otherwise;
      for (const test of tests) {
        const result = test.now();
        if (result === decisive) return decisive;
        if (result === UNDEFINED) truth = UNDEFINED;
      }
      return truth;
    },
    rows(truths, count) {
      truths.fill(otherwise, 0, count);
      const results = new Int8Array(count);
      for (const test of tests) {
        test.rows(results, count);
        for (let i = 0; i < count; i += 1) {
          if (results[i] === decisive) truths[i] = decisive;
          else if (results[i] === UNDEFINED && truths[i] !== decisive) truths[i] = UNDEFINED;
        }
      }
    },
  };
}

export function not(test: Test): Test {
  return {
    now: () => negate(test.now()),
    rows(truths, count) {
      test.rows(truths, count);
      for (let i = 0; i < count; i += 1) {
        if (truths[i] !== UNDEFINED) truths[i] = truths[i] === TRUE ? FALSE : TRUE;
      }
    },
  };
}

/** What is not known stays not known. */
export function negate(truth: Truth): Truth {
  if (truth === UNDEFINED) return UNDEFINED;
  return truth === TRUE ? FALSE : TRUE;
}
