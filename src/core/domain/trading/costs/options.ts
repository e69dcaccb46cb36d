import { TradekitError } from '../../error.ts';

/** What a cost model may be told; each reads what concerns it. */
export type CostOptions = {
  /** State of residence in India: stamp duty before 2020-07-01. Default Maharashtra. */
  readonly state?: string;
  /** `note`: as a contract note rounds (default); `calculator`: as the broker's web calculator does. */
  readonly rounding?: 'note' | 'calculator';
  /** Default NSE. */
  readonly exchange?: 'NSE' | 'BSE';
};

/** The value under `name`, or a CONFIG error that lists the names there are; `also` are more of them, for the hint. */
export function named<Value>(
  what: string,
  name: string,
  known: ReadonlyMap<string, Value>,
  ...also: readonly string[]
): Value {
  const value = known.get(name);
  if (value !== undefined) return value;
  const names = [...known.keys(), ...also].join(', ');
  throw new TradekitError('CONFIG', `Unknown ${what} "${name}".`, { hint: `Known: ${names}.` });
}
