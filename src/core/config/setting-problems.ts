import type { z } from 'zod';
import { TradekitError } from '../domain/error.ts';
import { nearestName } from '../domain/nearest.ts';
import { redactUrl } from '../domain/redact-url.ts';
import { isSettingName, SETTINGS, type SettingName, type SettingRow } from './setting-table.ts';

export type SettingProblem = { readonly name: SettingName; readonly text: string };

/** What the schema found, as sentences with the value in quotes. One a setting. */
export function problemsOf(
  error: z.ZodError,
  given: Readonly<Record<string, unknown>>,
): readonly SettingProblem[] {
  const byName = new Map<SettingName, string>();
  for (const issue of error.issues) {
    const name = issue.path[0];
    if (isSettingName(name) && !byName.has(name)) byName.set(name, sentence(issue, name, given[name]));
  }
  return [...byName].map(([name, text]) => ({ name, text }));
}

export function unknownName(name: string, known: readonly string[]): string {
  return `there is no setting "${name}".${didYouMean(name, known)}`;
}

/** @throws TradekitError CONFIG with all problems at once, if there are any */
export function refuseProblems(problems: readonly string[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  const all = `${problems.length} settings cannot be used:\n  ${problems.join('\n  ')}`;
  throw new TradekitError('CONFIG', others.length === 0 ? first : all, {
    hint: 'All settings: the same command with --help',
  });
}

function sentence(issue: z.core.$ZodIssue, name: SettingName, value: unknown): string {
  if (name === 'fills' && value === 'oracle') {
    return '"oracle" only serves tests against another engine. Take pessimistic or neutral.';
  }
  if (name === 'disable' && issue.code === 'invalid_value' && typeof issue.input === 'string') {
    const rules = issue.values.map(String);
    return `"${issue.input}" is not a rule.${didYouMean(issue.input, rules)} Rules: ${rules.join(', ')}.`;
  }
  if (name === 'feed' && issue.code === 'custom') return issue.message;
  const row: SettingRow = SETTINGS[name];
  // Where a server is may bear a password, and messages end up in logs.
  const mayBearPassword = name === 'redis' || name === 'mongo';
  const shown = mayBearPassword && typeof value === 'string' ? redactUrl(value) : value;
  return `"${typeof shown === 'string' ? shown : JSON.stringify(shown)}" is not ${row.takes}.`;
}

/** ` Did you mean "riskPct"?`, or nothing. */
function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
