/** Ranges of code points that take two columns: East Asian Wide and Fullwidth, and emoji. */
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Characters of one column each, as most lines have: Latin, punctuation, currencies, arrows, mathematics, blocks. */
const NARROW = /^[\x20-\x7e\u00a1-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u22ff\u2500-\u25fc]*$/;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Columns that a text takes in a terminal: combining marks take none, wide characters and emoji two.
 *
 * @see https://www.unicode.org/reports/tr11/
 */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The text, or its beginning and `…` where it is wider than `width` columns. A figure is there whole or not at all. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return '';
  return `${beforeFigure(text, headOf(text, width - 1))}…`;
}

/** The same for names, whose ends tell them apart: `opening_ra…out_short`. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return '';
  const tail = tailOf(text, Math.floor((width - 1) / 2));
  return `${headOf(text, width - 1 - textWidth(tail))}…${tail}`;
}

/** As much of the beginning as goes into so many columns. */
function headOf(text: string, width: number): string {
  return fitting(segmentsOf(text), width).join('');
}

function tailOf(text: string, width: number): string {
  return fitting(segmentsOf(text).reverse(), width).reverse().join('');
}

function segmentsOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function fitting(segments: readonly string[], width: number): string[] {
  let used = 0;
  const end = segments.findIndex((segment) => {
    used += graphemeWidth(segment);
    return used > width;
  });
  return segments.slice(0, end === -1 ? segments.length : end);
}

/** An amount, a price, a time or a date with its unit; from one price to another is one figure, too. */
const FIGURE = /[-+]?[₹$€£¥]?\d[\d,.:-]*(?: [%R](?!\w))?(?: → \d[\d,.]*)?/g;

/** Half a figure is another figure: a head that ends inside of one ends before it. */
function beforeFigure(text: string, head: string): string {
  for (const { 0: figure, index } of text.matchAll(FIGURE)) {
    if (index >= head.length) return head;
    if (index + figure.length > head.length) return head.slice(0, index).replace(/[\s@(,]+$/, '');
  }
  return head;
}

export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Lines of at most `width` columns, broken at spaces; a word wider than a line is cut into pieces. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  if (textWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes.segment(word)) {
    if (part !== '' && textWidth(part + segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

function graphemeWidth(grapheme: string): number {
  const first = grapheme.codePointAt(0) ?? 0;
  if (/^\p{M}/u.test(grapheme)) return 0;
  return EMOJI.test(grapheme) || WIDE.some(([from, to]) => first >= from && first <= to) ? 2 : 1;
}
