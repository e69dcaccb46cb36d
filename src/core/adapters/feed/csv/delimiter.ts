import { TradekitError } from '../../../domain/error.ts';

/** In order of preference: a comma may also be a decimal comma. */
const CANDIDATES = ['\t', ';', '|', ','];
/** A date and four prices. */
const FEWEST_DELIMITERS = 4;
const NAMES: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
};

/**
 * The character named by `--delimiter`.
 *
 * @throws TradekitError CONFIG when it is not a single character, or cannot part cells
 */
export function parseDelimiter(text: string): string {
  const delimiter = NAMES[text.toLowerCase()] ?? text;
  if (/^[^\w"\r\n.:+-]$/.test(delimiter) && delimiter.charCodeAt(0) < 128) return delimiter;
  throw new TradekitError('CONFIG', `"${text}" is no delimiter.`, {
    hint: 'Write one character: --delimiter ";" or --delimiter tab.',
  });
}

/** The delimiter of these lines: the preferred one that stands four times in each, else the commonest in the first. */
export function sniffDelimiter(lines: readonly string[]): string {
  const bare = lines.map((line) => line.replaceAll(/"[^"]*"/g, ''));
  const counts = CANDIDATES.map((candidate) => bare.map((line) => line.split(candidate).length - 1));
  const steady = counts.findIndex((each) => each.every((count) => count >= FEWEST_DELIMITERS));
  if (steady >= 0) return CANDIDATES[steady] ?? ',';
  const first = counts.map((each) => each[0] ?? 0);
  const most = Math.max(...first);
  return most === 0 ? ',' : (CANDIDATES[first.indexOf(most)] ?? ',');
}

/** For reports: `tab`, `comma`. */
export function delimiterName(delimiter: string): string {
  return Object.keys(NAMES).find((name) => /[a-z]{3}/.test(name) && NAMES[name] === delimiter) ?? delimiter;
}
