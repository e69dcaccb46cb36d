import { readFileSync, statSync } from 'node:fs';
import { TradekitError } from '../domain/error.ts';
import { parseStrategies } from '../domain/rules/parse.ts';
import { describeProblem, type Problem } from '../domain/rules/problem.ts';
import type { Strategy } from '../domain/rules/strategy.ts';
import { parseJsonWithComments } from './json-with-comments.ts';

const MAX_BYTES = 4_000_000;
const SHOWN_PROBLEMS = 50;
const IF_EMPTY =
  'Write an array of strategies into it, or delete it: `tradekit init` then writes an example.';
const INIT_HINT = 'Check the name after --strategies, or write an example with `tradekit init`.';

/**
 * Reads strategies.json: JSON with comments, checked whole. Gives the enabled strategies in the order of the file.
 *
 * @throws TradekitError CONFIG when the file cannot be read or is no JSON, with line and column; and, listing all
 *   of them, when something in it is wrong
 */
export function readStrategiesFile(path: string): readonly Strategy[] {
  const json = parseJsonWithComments(readText(path), path, IF_EMPTY);
  const { strategies, problems } = parseStrategies(json);
  if (problems.length > 0) throw problemsError(path, problems);
  return strategies;
}

function readText(path: string): string {
  const bytes = readBytes(path);
  if (bytes.includes(0)) throw unreadable(path, 'is not a text file');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, 'is not text in UTF-8', cause);
  }
}

function readBytes(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size <= MAX_BYTES) return readFileSync(path);
  } catch (cause) {
    throw readError(path, cause);
  }
  throw unreadable(path, `is over ${MAX_BYTES / 1_000_000} MB, too large for a list of strategies`);
}

function readError(path: string, cause: unknown): TradekitError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return unreadable(path, 'does not exist', cause);
  if (code === 'EISDIR') return unreadable(path, 'is a folder', cause);
  return unreadable(path, `cannot be read (${String(code ?? cause)})`, cause);
}

function unreadable(path: string, what: string, cause?: unknown): TradekitError {
  return new TradekitError('CONFIG', `The strategies file "${path}" ${what}.`, { hint: INIT_HINT, cause });
}

function problemsError(path: string, problems: readonly Problem[]): TradekitError {
  const shown = problems.slice(0, SHOWN_PROBLEMS).map((problem) => `  ${describeProblem(problem)}`);
  const more = problems.length > shown.length ? [`  and ${problems.length - shown.length} more`] : [];
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return new TradekitError('CONFIG', [`${path} has ${count}:`, ...shown, ...more].join('\n'), {
    hint: `Mend ${problems.length === 1 ? 'it' : 'them'} and start again; \`tradekit init\` writes a file that shows the grammar.`,
  });
}
