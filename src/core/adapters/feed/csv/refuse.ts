import { TradekitError } from '../../../domain/error.ts';

/** A sentence about a file, with its line where there is one: `prices.csv:12: open "abc" is no price.` */
export function refusal(
  path: string,
  line: number | undefined,
  sentence: string,
  hint?: string,
): TradekitError {
  const place = line === undefined ? path : `${path}:${line}`;
  return new TradekitError('DATA', `${place}: ${sentence}`, hint === undefined ? {} : { hint });
}

/** A cell in quotes, cut to what fits a line and free of control characters. */
export function quoted(text: string): string {
  const clean = text.replaceAll(/\p{Cc}/gu, '·');
  return clean.length > 40 ? `"${clean.slice(0, 40)}…"` : `"${clean}"`;
}

/** `"a", "b", "c"`, and how many more. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map(quoted).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
