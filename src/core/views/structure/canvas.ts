import type { Span } from '../line.ts';
import type { Tone } from '../style.ts';

/** A grid of single characters with their tones. What is put later lies on top. */
export interface Canvas {
  readonly rows: number;
  readonly columns: number;
  put(row: number, column: number, character: string, tone: Tone): void;
  /** Only where nothing is yet. */
  putUnder(row: number, column: number, character: string, tone: Tone): void;
  isFree(row: number, column: number): boolean;
  /** Writes where every cell is free of candles and text; false where that is not so, or not inside. */
  write(row: number, column: number, text: string, tone: Tone): boolean;
  line(row: number): readonly Span[];
}

type Cell = { character: string; tone: Tone; isBackground: boolean };

export function createCanvas(rows: number, columns: number): Canvas {
  const cells = new Map<number, Cell>();
  const isInside = (row: number, column: number): boolean =>
    row >= 0 && row < rows && column >= 0 && column < columns;
  const at = (row: number, column: number): number => row * columns + column;

  function set(row: number, column: number, cell: Cell): void {
    if (isInside(row, column)) cells.set(at(row, column), cell);
  }

  const canvas: Canvas = {
    rows,
    columns,
    put: (row, column, character, tone) => set(row, column, { character, tone, isBackground: false }),
    putUnder(row, column, character, tone) {
      if (!cells.has(at(row, column))) set(row, column, { character, tone, isBackground: true });
    },
    isFree: (row, column) => isInside(row, column) && cells.get(at(row, column))?.isBackground !== false,
    write(row, column, text, tone) {
      const places = [...text].map((character, i) => ({ character, column: column + i }));
      if (!places.every((place) => canvas.isFree(row, place.column))) return false;
      for (const place of places) canvas.put(row, place.column, place.character, tone);
      return true;
    },
    line(row) {
      const spans: { text: string; tone: Tone }[] = [];
      for (let column = 0; column < columns; column += 1) {
        const { character, tone } = cells.get(at(row, column)) ?? { character: ' ', tone: 'plain' };
        const last = spans.at(-1);
        if (last?.tone === tone) last.text += character;
        else spans.push({ text: character, tone });
      }
      return spans;
    },
  };
  return canvas;
}
