import type { z } from 'zod';
import { nearestName } from '../nearest.ts';
import { OTHER_SPELLINGS } from './conditions/spellings.ts';
import { at, type Problems } from './problem.ts';

/**
 * Reads `value` in the given shape, or adds every problem of it and gives undefined.
 * A key that the shape does not know is reported by its own path, with the known key most like it.
 */
export function checkShape<Output>(
  shape: z.ZodType<Output>,
  value: unknown,
  path: string,
  problems: Problems,
): Output | undefined {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) report(issue, value, path, problems, shape);
  return undefined;
}

function report(
  issue: z.core.$ZodIssue,
  root: unknown,
  base: string,
  problems: Problems,
  shape: z.ZodType,
): void {
  const path = issue.path.reduce<string>(at, base);
  const value = issue.path.reduce<unknown>(child, root);
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(issue.path.reduce<unknown>(shapeOf, shape));
    for (const key of issue.keys) {
      const expected = known.length === 0 ? 'no such key' : `no such key; known: ${known.join(', ')}`;
      problems.add(at(path, key), child(value, key), expected, nearestName(key, known));
    }
    return;
  }
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const nearest = typeof value === 'string' ? meant(value, choices) : undefined;
  problems.add(path, value, issue.message, nearest);
}

function meant(value: string, choices: readonly string[]): string | undefined {
  const spelling = Object.hasOwn(OTHER_SPELLINGS, value) ? OTHER_SPELLINGS[value] : undefined;
  return spelling !== undefined && choices.includes(spelling) ? spelling : nearestName(value, choices);
}

/** Own keys only: `constructor` of a plain object is not in the file. */
function child(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** The schema below `key`, through the wrappers of defaults and optional keys. */
function shapeOf(schema: unknown, key: PropertyKey): unknown {
  const shape = unwrap(schema);
  return typeof shape === 'object' && shape !== null && 'shape' in shape
    ? child(shape.shape, key)
    : undefined;
}

function keysOf(schema: unknown): readonly string[] {
  const shape = unwrap(schema);
  if (typeof shape !== 'object' || shape === null || !('shape' in shape)) return [];
  return typeof shape.shape === 'object' && shape.shape !== null ? Object.keys(shape.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    typeof inner === 'object' &&
    inner !== null &&
    'unwrap' in inner &&
    typeof inner.unwrap === 'function'
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
