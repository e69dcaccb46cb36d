import { safeText } from './safe-text.ts';

/** A cell that a spreadsheet would take for a formula, behind blanks or not, full-width signs included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/**
 * Text of others for a CSV cell: unsafe characters stand there as `\u{1b}`, and what could be a formula begins with an
 * apostrophe. For text only: a negative number is no formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function textCell(text: string): string {
  const safe = safeText(text);
  return FORMULA.test(safe) ? `'${safe}` : safe;
}

/** A number as a decimal without exponent, -0 as 0: 1e-7 → `0.0000001`. */
export function numberCell(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
