import { textWidth } from '../../../src/core/views/text-width.ts';

/** Lines of a terminal as an SVG: each piece of text stands on its own cells, whatever the font of the one who looks. */

const CELL = { width: 8, height: 16 };
const MARGIN = 12;
const BASELINE = 12;

/** What is set at a piece of text, as class names of the style sheet. */
type Classes = ReadonlySet<string>;

type Piece = { readonly column: number; readonly text: string; readonly classes: Classes };

const STYLE = [
  'rect{fill:#16181d}',
  'text{font:13.3px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dbe2;white-space:pre}',
  '.b{font-weight:bold}',
  '.d{fill:#8b919d}',
  '.r{fill:#f0716b}',
  '.g{fill:#6cc777}',
  '.y{fill:#e0b34d}',
  '.c{fill:#5fc3d6}',
].join('');

/** SGR codes that tradekit writes: what each adds, or the classes that it takes away. */
const ADDS: Readonly<Record<string, string>> = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y', 36: 'c' };
const TAKES: Readonly<Record<string, readonly string[]>> = {
  0: ['b', 'd', 'r', 'g', 'y', 'c'],
  22: ['b', 'd'],
  39: ['r', 'g', 'y', 'c'],
};

/** @param title what the picture shows, for who cannot see it */
export function terminalSvg(lines: readonly string[], columns: number, title: string): string {
  const width = columns * CELL.width + 2 * MARGIN;
  const height = lines.length * CELL.height + 2 * MARGIN;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" rx="6"/>`,
    ...lines.flatMap((line, row) => piecesOf(line).map((piece) => textElement(piece, row))),
    '</svg>',
  ].join('\n')}\n`;
}

function textElement({ column, text, classes }: Piece, row: number): string {
  const place = `x="${MARGIN + column * CELL.width}" y="${MARGIN + row * CELL.height + BASELINE}"`;
  const length = `textLength="${textWidth(text) * CELL.width}" lengthAdjust="spacingAndGlyphs"`;
  const styled = classes.size === 0 ? '' : ` class="${[...classes].join(' ')}"`;
  return `<text ${place} ${length}${styled}>${escapeXml(text)}</text>`;
}

const ESCAPE = String.fromCharCode(27);
const TOKEN = new RegExp(`${ESCAPE}\\[([\\d;]*)m|[^${ESCAPE}]+`, 'g');
/** Words with single spaces between; signs that another font may lend stand alone. */
const WORDS = /[ -~]+|[^ -~]+/g;

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let classes: Classes = new Set();
  let column = 0;
  for (const [token, codes] of line.matchAll(TOKEN)) {
    if (codes !== undefined) {
      for (const code of codes.split(';')) classes = restyled(classes, code);
      continue;
    }
    for (const [run] of token.matchAll(WORDS)) {
      for (const { 0: text, index } of run.matchAll(/\S+(?: \S+)*/g)) {
        pieces.push({ column: column + textWidth(run.slice(0, index)), text, classes });
      }
      column += textWidth(run);
    }
  }
  return pieces;
}

function restyled(classes: Classes, code: string): Classes {
  const added = ADDS[code];
  if (added !== undefined) return new Set([...classes, added]);
  const taken = TAKES[code || '0'];
  if (taken === undefined) throw new Error(`SGR ${code} has no colour in the picture yet.`);
  return new Set([...classes].filter((name) => !taken.includes(name)));
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The lines that an SVG of ours shows, without colour. */
export function textOfSvg(svg: string, lineCount: number): readonly string[] {
  const rows = Array.from({ length: lineCount }, () => '');
  for (const [, x = '', y = '', text = ''] of svg.matchAll(
    /<text x="(\d+)" y="(\d+)"[^>]*>([^<]*)<\/text>/g,
  )) {
    const row = (Number(y) - MARGIN - BASELINE) / CELL.height;
    const column = (Number(x) - MARGIN) / CELL.width;
    const before = rows[row] ?? '';
    rows[row] = before + ' '.repeat(column - textWidth(before)) + unescapeXml(text);
  }
  return rows;
}

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
