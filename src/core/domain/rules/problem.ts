/** One thing wrong in strategies.json. */
export type Problem = {
  /** Where: `strategies[2].logic.rules[0].indicator`. */
  readonly path: string;
  /** What is there, as text. */
  readonly found: string;
  readonly expected: string;
  /** The known name most like what is there. */
  readonly nearest?: string;
};

/** `strategies[2].logic.rules[0].indicator: found "emma9", expected an indicator; did you mean "ema9"?` */
export function describeProblem({ path, found, expected, nearest }: Problem): string {
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `${path}: found ${found}, expected ${expected}${hint}`;
}

/** Gathers problems, so that all are reported at once. Once it is full, reading on serves nobody. */
export interface Problems {
  readonly list: readonly Problem[];
  readonly isFull: boolean;
  add(path: string, value: unknown, expected: string, nearest?: string): void;
}

export function createProblems(limit = 1_000): Problems {
  const list: Problem[] = [];
  return {
    list,
    get isFull() {
      return list.length >= limit;
    },
    add(path, value, expected, nearest) {
      if (list.length >= limit) return;
      list.push({
        path,
        found: describeValue(value),
        expected,
        ...(nearest === undefined ? {} : { nearest }),
      });
    },
  };
}

/** A value of JSON in a few words, as a user would point at it. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The path of a key: plain words with a dot, all else in brackets. */
export function at(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const text = String(key);
  return /^[A-Za-z_$][\w$]*$/.test(text)
    ? `${path}.${text}`
    : `${path}[${JSON.stringify(text.slice(0, 60))}]`;
}
