import { formatCount } from './numbers.ts';

/** What is said, and of whom. */
export type Said = { readonly name: string; readonly text: string };

const MOST_NAMES = 3;

/** What is said of several in the same words, once, with the names of all of them: `a.csv, b.csv: no volume`. */
export function sayOnce(all: readonly Said[]): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const { name, text } of all) names.set(text, (names.get(text) ?? new Set()).add(name));
  return [...names].map(([text, of]) => `${listed([...of])}: ${text}`);
}

/** One more is named rather than counted. */
function listed(names: readonly string[]): string {
  if (names.length <= MOST_NAMES + 1) return names.join(', ');
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${formatCount(names.length - MOST_NAMES)} more`;
}
