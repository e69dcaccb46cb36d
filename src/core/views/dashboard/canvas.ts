import { drawLine, type Span } from '../line.ts';
import type { Style, Tone } from '../style.ts';

/** A grid of single characters, each with its tone: later ones are drawn over earlier ones. */
export interface Canvas {
  put(column: number, row: number, character: string, tone: Tone): void;
  /** Only where nothing stands yet. */
  under(column: number, row: number, character: string, tone: Tone): void;
  /** A row as spans, neighbours of one tone together. */
  row(row: number): readonly Span[];
}

export function createCanvas(columns: number, rows: number): Canvas {
  const characters = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));
  const tones = Array.from({ length: rows }, () => Array.from({ length: columns }, (): Tone => 'plain'));

  function put(column: number, row: number, character: string, tone: Tone): void {
    const line = characters[row];
    const own = tones[row];
    if (line === undefined || own === undefined || column < 0 || column >= columns) return;
    line[column] = character;
    own[column] = tone;
  }

  return {
    put,
    under(column, row, character, tone) {
      if (characters[row]?.[column] === ' ') put(column, row, character, tone);
    },
    row(row) {
      const spans: { text: string; tone: Tone }[] = [];
      for (const [column, character] of (characters[row] ?? []).entries()) {
        const tone = tones[row]?.[column] ?? 'plain';
        const last = spans.at(-1);
        if (last?.tone === tone) last.text += character;
        else spans.push({ text: character, tone });
      }
      return spans;
    },
  };
}

/** The rows of a canvas, something behind each. */
export function drawCanvas(
  canvas: Canvas,
  rows: number,
  behind: (row: number) => Span,
  style: Style,
): readonly string[] {
  return Array.from({ length: rows }, (_, row) => drawLine([...canvas.row(row), behind(row)], style));
}
