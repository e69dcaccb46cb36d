/**
 * Values by the date from which they hold, ascending; `''` is since ever. Each holds until the next one begins.
 * `undefined` marks a stretch about which nothing is known.
 */
export type Schedule<Value> = readonly (readonly [from: string, value: Value | undefined])[];

export type Dated<Value> = {
  readonly value: Value;
  /** False when the date lies in no known stretch and this is the nearest one. */
  readonly covered: boolean;
};

/** The value on a date, YYYY-MM-DD; in a gap that of the stretch before it, ahead of the first that of the first. */
export function valueOn<Value>(schedule: Schedule<Value>, date: string): Dated<Value> {
  let current: Value | undefined;
  let covered = false;
  for (const [from, value] of schedule) {
    if (from > date && current !== undefined) break;
    covered = from <= date && value !== undefined;
    current = value ?? current;
  }
  if (current === undefined) throw new RangeError('A schedule needs at least one value.');
  return { value: current, covered };
}
