/** Bytes with a meaning in delimited text. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const PLUS = 43;
export const MINUS = 45;
export const DOT = 46;
export const COLON = 58;
export const ZERO = 48;
export const NINE = 57;

/** First byte at or after `at` that is no space. */
export function skipSpaces(bytes: Uint8Array, at: number): number {
  let p = at;
  while (bytes[p] === SPACE) p++;
  return p;
}
