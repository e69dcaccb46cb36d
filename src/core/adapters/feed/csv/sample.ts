import { BYTE } from './bytes.ts';
import { parseDelimiter, sniffDelimiter } from './delimiter.ts';
import type { LineBlock } from './line-blocks.ts';
import { refusal } from './refuse.ts';
import { cellsOfLine } from './unquote.ts';

const { CR, LF } = BYTE;

/** The first lines of a file, cut into cells. */
export type Sample = {
  readonly path: string;
  /** Line of the first row, from 1. */
  readonly firstLine: number;
  readonly rows: readonly (readonly string[])[];
};

/** The first lines of a file: enough to tell its dialect. */
type FirstLines = {
  readonly delimiter: string;
  readonly sample: Sample;
  /** Where each line of the sample begins in the block, and its number in the file. */
  readonly starts: readonly { readonly at: number; readonly line: number }[];
  /** Mean bytes of a line. */
  readonly lineBytes: number;
};

const MOST_LINES = 200;
const MOST_BYTES = 1 << 16;

/** Cuts the first lines of a file's first block into cells; blank lines and a byte order mark are passed over. */
export function takeSample(path: string, block: LineBlock, delimiterFlag: string | undefined): FirstLines {
  const starts: { at: number; line: number }[] = [];
  const lines: string[] = [];
  const decoder = new TextDecoder();
  const from = block.from + bomLength(block);
  let at = from;
  for (let line = 1; at < block.to && at - from < MOST_BYTES && lines.length < MOST_LINES; line++) {
    const end = block.bytes.indexOf(LF, at);
    const text = decoder.decode(block.bytes.subarray(at, block.bytes[end - 1] === CR ? end - 1 : end));
    if (text.trim() !== '') {
      starts.push({ at, line });
      lines.push(text);
    }
    at = end + 1;
  }
  const delimiter = delimiterFlag === undefined ? sniffDelimiter(lines) : parseDelimiter(delimiterFlag);
  const rows = cutLines(lines, delimiter, path, starts);
  const lineBytes = (at - from) / Math.max(1, lines.length);
  return { delimiter, sample: { path, firstLine: starts[0]?.line ?? 1, rows }, starts, lineBytes };
}

/** Quotes in prose follow no rule of CSV: where the first line has one cell, it is that which is said. */
function cutLines(
  lines: readonly string[],
  delimiter: string,
  path: string,
  starts: FirstLines['starts'],
): Sample['rows'] {
  try {
    return lines.map((text, i) => cellsOfLine(text, delimiter, path, starts[i]?.line ?? 1));
  } catch (error) {
    if (lines[0]?.includes(delimiter) !== false) throw error;
    const hint = 'Is it the right file? Candles are read from delimited text (CSV), plain or gzip.';
    throw refusal(path, starts[0]?.line, 'the file does not look like CSV.', hint);
  }
}

function bomLength({ bytes, from }: LineBlock): number {
  return bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf ? 3 : 0;
}
