import { safeText } from './safe-text.ts';

/** What needs no second look, as nearly every cell. */
const HARMLESS = /^[A-Za-z0-9][\x20-\x7e]*$/;

/** A cell that a spreadsheet would take for a formula, behind blanks or not, full-width signs included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/**
 * Text of others for a CSV cell: unsafe characters stand there as `\u{1b}`, and what could be a formula begins with an
 * apostrophe. For text only: a negative number is no formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function textCell(text: string): string {
  if (HARMLESS.test(text)) return text;
  const safe = safeText(text);
  return FORMULA.test(safe) ? `'${safe}` : safe;
}

/** A number as a decimal without exponent and without the noise of floats: 0.1 + 0.2 → `0.3`, 1e-7 → `0.0000001`. */
export function numberCell(value: number): string {
  if (Number.isInteger(value)) return String(value + 0);
  const text = value.toFixed(10).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
