import type { z } from 'zod';
import { nearestName } from '../../nearest.ts';
import { marketFileSchema } from './market-file-schema.ts';

/** What a market file may hold. */
export const MARKET_KEYS: readonly string[] = Object.keys(marketFileSchema.shape);

/** A problem that the schema found, as sentences of ours; those of its own checks are that already. */
export function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue.path.length === 0 ? MARKET_KEYS : []));
    case 'invalid_type':
      return [sayType(issue)];
    case 'invalid_value':
      return [`${quoted(issue.input)} is none of: ${issue.values.map(String).join(', ')}.`];
    case 'too_small':
    case 'too_big':
      return [sayBound(issue)];
    case 'invalid_key':
      return issue.issues.flatMap(describeIssue);
    default:
      return [issue.message];
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  return `there is no "${key}" here.${near === undefined ? '' : ` Did you mean "${near}"?`}`;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

function sayType({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const wanted = NAMES[expected] ?? `a ${expected}`;
  return input === undefined ? `missing: it is ${wanted}` : `${quoted(input)} is not ${wanted}.`;
}

function sayBound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [bound, word, strictly] =
    issue.code === 'too_small' ? [issue.minimum, 'at least', 'above'] : [issue.maximum, 'at most', 'below'];
  const range = `${issue.inclusive === false ? strictly : word} ${bound}`;
  if (issue.origin === 'string') return `${quoted(issue.input)} is too short: at least ${bound} character.`;
  if (issue.origin === 'array' || issue.origin === 'tuple') return `the list has to have ${range} entries.`;
  return `${quoted(issue.input)} has to be ${range}.`;
}

function quoted(input: unknown): string {
  return `"${typeof input === 'string' ? input : JSON.stringify(input)}"`;
}
