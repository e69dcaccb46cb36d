/**
 * Bytes with a meaning in delimited text.
 *
 * Hot loops take local copies (`const { LF } = BYTE`): an imported binding is looked up at each use, which costs the
 * parser a tenth of its time.
 */
export const BYTE = {
  LF: 10,
  CR: 13,
  UNIT_SEPARATOR: 31,
  SPACE: 32,
  QUOTE: 34,
  PLUS: 43,
  MINUS: 45,
  DOT: 46,
  ZERO: 48,
  NINE: 57,
  COLON: 58,
} as const;

const { SPACE } = BYTE;

/** First byte at or after `at` that is no space. */
export function skipSpaces(bytes: Uint8Array, at: number): number {
  let p = at;
  while (bytes[p] === SPACE) p++;
  return p;
}
