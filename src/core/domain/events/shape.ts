/**
 * What a value that came as JSON must be, exactly: no field too many, none too few. Checked for every event that a service
 * reads, often after seconds of silence, so by a few small functions: a general schema library took a third of a
 * decision's way through the services.
 */
export type Shape<Value> = {
  /** Undefined where the value has the shape. */
  readonly problem: (value: unknown) => Problem | undefined;
  /** For the compiler only: what the value then is. */
  readonly of?: Value;
};

/** What is wrong, and the names on the way to it. */
export type Problem = { readonly path: readonly string[]; readonly text: string };

/** The shape of a field that may be absent. */
export type OptionalShape<Value> = Shape<Value> & { readonly optional: true };

/** The shape of each field; of optional ones an optional shape. */
export type Fields<Value> = {
  readonly [Name in keyof Value]-?: Record<never, never> extends Pick<Value, Name>
    ? OptionalShape<Exclude<Value[Name], undefined>>
    : Shape<Value[Name]>;
};

export const text = leaf<string>('string', (value) => typeof value === 'string');

/** A text that is not empty. */
export const name = leaf<string>('string of one character or more', (value) => {
  return typeof value === 'string' && value !== '';
});

export const boolean = leaf<boolean>('boolean', (value) => typeof value === 'boolean');

export const integer = leaf<number>('int', (value) => Number.isSafeInteger(value) && !Object.is(value, -0));

/** Finite. -0 is refused: written again it would be 0. */
export const number: Shape<number> = {
  problem(value) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return expected('number', value);
    return Object.is(value, -0) ? { path: [], text: 'must not be -0' } : undefined;
  },
};

export function literal<const Value extends string | number>(only: Value, otherwise?: string): Shape<Value> {
  return {
    problem(value) {
      if (value === only) return undefined;
      return otherwise === undefined ? expected(JSON.stringify(only), value) : { path: [], text: otherwise };
    },
  };
}

/** One of these words. The record has each word of the type, so that none is forgotten. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): Shape<Word> {
  const known = new Set(Object.keys(words));
  return leaf([...known].join(' or '), (value) => typeof value === 'string' && known.has(value));
}

/** A number, or a text. */
export const numberOrText: Shape<number | string> = {
  problem: (value) => (typeof value === 'string' ? undefined : number.problem(value)),
};

export function optional<Value>(shape: Shape<Value>): OptionalShape<Value> {
  return { ...shape, optional: true };
}

export function list<Value>(item: Shape<Value>): Shape<readonly Value[]> {
  return {
    problem(value) {
      if (!Array.isArray(value)) return expected('array', value);
      for (let i = 0; i < value.length; i += 1) {
        const problem = item.problem(value[i]);
        if (problem !== undefined) return within(String(i), problem);
      }
      return undefined;
    },
  };
}

/** Values of one shape by names of any kind, but not by none. */
export function record<Value>(item: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return {
    problem(value) {
      if (!isObject(value)) return expected('record', value);
      for (const key of Object.keys(value)) {
        const problem = key === '' ? EMPTY_NAME : item.problem(value[key]);
        if (problem !== undefined) return within(key, problem);
      }
      return undefined;
    },
  };
}

export function object<Value extends object>(fields: Fields<Value>): Shape<Value> {
  const names = Object.keys(fields);
  const shapes = Object.values(fields) as readonly (Shape<unknown> & { readonly optional?: true })[]; // the values of Fields
  const known = new Set(names);
  return {
    problem(value) {
      if (!isObject(value)) return expected('object', value);
      let present = 0;
      for (let k = 0; k < names.length; k += 1) {
        const field = names[k] ?? '';
        const held = value[field];
        // JSON knows no undefined: the field is absent.
        if (held === undefined && shapes[k]?.optional === true) continue;
        const problem = shapes[k]?.problem(held);
        if (problem !== undefined) return within(field, problem);
        present += 1;
      }
      const all = Object.keys(value);
      if (all.length === present) return undefined;
      const foreign = all.find((key) => !known.has(key));
      return { path: [], text: `no field "${foreign}" is known` };
    },
  };
}

/** The shape that belongs to the word in the field `type`. */
export function byType<Value extends { readonly type: string }>(
  shapes: { readonly [Type in Value['type']]: Shape<Extract<Value, { readonly type: Type }>> },
  otherwise: string,
): Shape<Value> {
  const of = new Map<unknown, Shape<unknown>>(Object.entries(shapes));
  return {
    problem(value) {
      if (!isObject(value)) return expected('object', value);
      const shape = of.get(value['type']);
      return shape === undefined ? { path: ['type'], text: otherwise } : shape.problem(value);
    },
  };
}

const EMPTY_NAME: Problem = { path: [], text: 'a name must not be empty' };

function leaf<Value>(what: string, fits: (value: unknown) => boolean): Shape<Value> {
  return { problem: (value) => (fits(value) ? undefined : expected(what, value)) };
}

function expected(what: string, value: unknown): Problem {
  return { path: [], text: `expected ${what}, found ${value === undefined ? 'nothing' : kindOf(value)}` };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : `${typeof value} ${JSON.stringify(value)}`.slice(0, 40);
}

function within(field: string, { path, text }: Problem): Problem {
  return { path: [field, ...path], text };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
