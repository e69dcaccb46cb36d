import { parse } from 'csv-parse/sync';
import { TradekitError } from '../../../domain/error.ts';
import { BYTE } from './bytes.ts';
import { countLines, type LineBlock } from './line-blocks.ts';
import { refusal } from './refuse.ts';

const { QUOTE, UNIT_SEPARATOR } = BYTE;

export function hasQuotes(block: LineBlock): boolean {
  const at = block.bytes.indexOf(QUOTE, block.from);
  return at >= 0 && at < block.to;
}

/**
 * The same lines without quotes, cells parted by UNIT_SEPARATOR (a quoted cell may hold the delimiter), so that one
 * row parser reads every dialect.
 *
 * @throws TradekitError DATA for a quote that is not closed on its line
 */
export function unquote(block: LineBlock, delimiter: number, path: string, firstLine: number): LineBlock {
  const text = Buffer.from(block.bytes.buffer, block.bytes.byteOffset + block.from, block.to - block.from);
  const records = parseRecords(text, delimiter, path, firstLine);
  const lines = countLines(block);
  if (records.length !== lines) {
    const index = records.findIndex((cells) => cells.some((cell) => cell.includes('\n')));
    throw refusal(path, firstLine + Math.max(index, 0), 'a quoted cell goes over several lines.');
  }
  const separator = String.fromCharCode(UNIT_SEPARATOR);
  const bytes = Buffer.from(`${records.map((cells) => cells.join(separator)).join('\n')}\n`);
  return { bytes, from: 0, to: bytes.length };
}

/** Cells of one line, as in the blocks. */
export function cellsOfLine(text: string, delimiter: string, path: string, line: number): readonly string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return parseRecords(Buffer.from(text), delimiter.charCodeAt(0), path, line)[0] ?? [];
}

function parseRecords(text: Buffer, delimiter: number, path: string, firstLine: number): string[][] {
  try {
    return parse(text, {
      delimiter: String.fromCharCode(delimiter),
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (cause) {
    const lines = cause instanceof Error && 'lines' in cause ? Number(cause.lines) : 1;
    throw new TradekitError(
      'DATA',
      `${path}:${firstLine + lines - 1}: a quote is not closed on its line, or stands within a cell.`,
      {
        hint: 'Quotes may only surround a whole cell.',
        cause,
      },
    );
  }
}
