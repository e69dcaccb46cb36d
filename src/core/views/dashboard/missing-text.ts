import type { TraceItem } from '../../domain/events/events.ts';

/** A condition that did not hold, with what it read: `rvol >= 2 (1.34)`, or why it read nothing. */
export function missingText({ condition, values, why }: TraceItem): string {
  const readings = readingsText(values);
  const detail = why ?? readings;
  return detail === '' ? condition : `${condition} (${detail})`;
}

/** `78.1, 78.02`: no more than four decimals each. */
export function readingsText(values: TraceItem['values']): string {
  return Object.values(values)
    .map((value) => String(Number(value.toFixed(4))))
    .join(', ');
}
