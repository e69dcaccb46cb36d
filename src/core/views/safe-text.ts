/**
 * What a terminal would obey instead of show: C0 and C1 controls, line separators, every format character (zero widths,
 * byte order mark, bidirectional marks, tags) and lone halves of a surrogate pair.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of others, fit to be shown on one line: what is unsafe stands there as `\u{1b}`. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
