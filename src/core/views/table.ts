import { drawLine, type Span, textOf, toneOf } from './line.ts';
import type { Style } from './style.ts';
import { cutMiddle, padText, textWidth, wrapText } from './text-width.ts';

export type Column = {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** In a narrow terminal the column with the highest rank goes first; without a rank it stays. */
  readonly dropRank?: number;
  /** May be cut with `…` in the middle, down to 8 columns. */
  readonly flexible?: boolean;
  /** Sentences: narrowed like a flexible one, but what does not fit goes on below, and nothing is cut. */
  readonly wraps?: boolean;
  /** Where columns stand below others, it goes with the one before it. */
  readonly joined?: boolean;
};

export type Row = readonly Span[];

type Fitted = {
  readonly index: number;
  readonly column: Column;
  readonly width: number;
  /** What stands in it, each text once. */
  readonly texts: readonly string[];
};

const GAP = 2;
const INDENT = 2;
/** A name cut to this can still be told from others; under it only when nothing is left to drop. */
const READABLE = 20;
const NARROWEST = 8;

/** Columns fitted to the terminal. Tables drawn with one layout stand in line with each other. */
export type Layout = readonly Fitted[];

/** Aligned columns: some are dropped, then cut or wrapped, until a line fits. */
export function drawTable(columns: readonly Column[], rows: readonly Row[], style: Style): readonly string[] {
  const all = [titleRow(columns), ...rows];
  return drawRows(layOut(columns, all, style), all, style);
}

/** The same with nothing dropped: columns that have no room stand below the others, behind the first column again. */
export function drawStacked(
  columns: readonly Column[],
  rows: readonly Row[],
  style: Style,
): readonly string[] {
  const [first, ...rest] = measure(columns, [titleRow(columns), ...rows]);
  if (first === undefined) return [];
  const head = { ...first, width: Math.min(first.width, READABLE) };
  const blocks: Fitted[][] = [];
  for (const group of groupsOf(rest)) {
    const block = blocks.at(-1);
    if (block !== undefined && widthOf([head, ...block, ...group]) <= style.width) block.push(...group);
    else blocks.push([...group]);
  }
  return blocks.flatMap((block) => {
    const places = [first, ...block].map(({ index }) => index);
    const own = rows.map((row) => places.map((place) => row[place] ?? ''));
    return drawTable([first.column, ...block.map(({ column }) => column)], own, style);
  });
}

function groupsOf(fitted: readonly Fitted[]): readonly (readonly Fitted[])[] {
  const groups: Fitted[][] = [];
  for (const of of fitted) {
    const last = groups.at(-1);
    if (of.column.joined === true && last !== undefined) last.push(of);
    else groups.push([of]);
  }
  return groups;
}

export function titleRow(columns: readonly Column[]): Row {
  return columns.map(({ title }): Span => ({ text: title, tone: 'dim' }));
}

export function layOut(columns: readonly Column[], rows: readonly Row[], style: Style): Layout {
  return fitColumns(measure(columns, rows), style.width);
}

/** The columns that have no room, and how wide a terminal has room for all. */
export function leftOut(
  columns: readonly Column[],
  rows: readonly Row[],
  layout: Layout,
): { readonly titles: readonly string[]; readonly fullWidth: number } {
  const shown = new Set(layout.map(({ index }) => index));
  return {
    titles: columns.filter((_, index) => !shown.has(index)).map(({ title }) => title),
    fullWidth: widthOf(measure(columns, rows)),
  };
}

export function drawRows(layout: Layout, rows: readonly Row[], style: Style): readonly string[] {
  return rows.flatMap((row) => drawRow(row, layout, style));
}

function measure(columns: readonly Column[], rows: readonly Row[]): readonly Fitted[] {
  return columns.map((column, index) => {
    const texts = [...new Set(rows.map((row) => textOf(row[index] ?? '')))];
    const width = texts.reduce((widest, text) => Math.max(widest, textWidth(text)), 0);
    return { index, column, width, texts };
  });
}

function widthOf(fitted: readonly Fitted[]): number {
  return fitted.reduce((sum, { width }) => sum + width + GAP, INDENT - GAP);
}

function fitColumns(all: readonly Fitted[], width: number): readonly Fitted[] {
  let kept = all;
  for (;;) {
    const readable = narrow(kept, widthOf(kept) - width, READABLE);
    if (widthOf(readable) <= width && readable.every(tellsApart)) return readable;
    const rank = Math.max(...kept.map(({ column }) => column.dropRank ?? Number.NEGATIVE_INFINITY));
    if (rank === Number.NEGATIVE_INFINITY) return narrow(kept, widthOf(kept) - width, NARROWEST);
    kept = kept.filter(({ column }) => column.dropRank !== rank);
  }
}

/** Whether texts that differ still do so when they are cut. */
function tellsApart({ column, width, texts }: Fitted): boolean {
  return (
    column.flexible !== true || new Set(texts.map((text) => cutMiddle(text, width))).size === texts.length
  );
}

/** Takes what is too much from the flexible and the wrapping columns, in their order, leaving each `floor`. */
function narrow(fitted: readonly Fitted[], excess: number, floor: number): readonly Fitted[] {
  let left = Math.max(0, excess);
  return fitted.map((of) => {
    if (!(of.column.flexible === true || of.column.wraps === true) || of.width <= floor) return of;
    const cut = Math.min(left, of.width - floor);
    left -= cut;
    return { ...of, width: of.width - cut };
  });
}

/** One line, or as many as the longest of its wrapping cells takes. */
function drawRow(row: Row, fitted: readonly Fitted[], style: Style): readonly string[] {
  const cells = fitted.map(({ index, column, width }) => {
    const cell = row[index] ?? '';
    const text = textOf(cell);
    const lines = column.wraps === true ? wrapText(text, width) : [cutMiddle(text, width)];
    return { lines, tone: toneOf(cell), width, align: column.align };
  });
  const height = Math.max(1, ...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const spans = cells.flatMap(({ lines, tone, width, align }, place): Span[] => [
      ' '.repeat(place === 0 ? INDENT : GAP),
      { text: padText(lines[at] ?? '', width, align), tone },
    ]);
    return drawLine(spans, style);
  });
}

/** First and last rows of a long table, and between them how many are left out. */
export function cutRows(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  const head = Math.ceil((most * 2) / 3);
  const tail = most - head;
  const note: Row = [{ text: `… and ${rows.length - most} more`, tone: 'dim' }];
  return [...rows.slice(0, head), note, ...rows.slice(rows.length - tail)];
}
