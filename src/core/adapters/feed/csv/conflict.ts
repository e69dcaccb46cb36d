import type { TradekitError } from '../../../domain/error.ts';
import { BYTE } from './bytes.ts';
import { type BlockGuards, lineBlocks } from './line-blocks.ts';
import { openSource } from './open-source.ts';
import type { RawFile } from './read-file.ts';
import { quoted, refusal } from './refuse.ts';
import { cellsOfLine } from './unquote.ts';

const { LF } = BYTE;

export type RowPlace = { readonly file: RawFile; readonly line: number };

/**
 * Two different candles for one time: often several symbols whose column was not named, so the rows are looked at again
 * and a column of text in which they differ is named.
 */
export async function conflictRefusal(
  first: RowPlace,
  second: RowPlace,
  symbol: string,
  time: string,
): Promise<TradekitError> {
  const { file, line } = second;
  const other = first.file === file ? `line ${first.line}` : `${first.file.path}:${first.line}`;
  const sentence = `two different candles of ${quoted(symbol)} for one time (${time}); the other is in ${other}.`;
  const column = await symbolColumn(first, second);
  const hint =
    column === undefined
      ? 'Which one is right? Leave the other out. Several symbols in one file need a symbol column: --columns symbol=…'
      : `Several symbols in one file? Name their column: --columns symbol=${column}`;
  return refusal(file.path, line, sentence, hint);
}

async function symbolColumn(first: RowPlace, second: RowPlace): Promise<string | undefined> {
  const { layout, delimiter } = second.file;
  if (first.file !== second.file || layout.positions.has('symbol')) return undefined;
  const [a, b] = await cellsAt(second.file.path, [first.line, second.line], delimiter);
  const used = new Set(layout.positions.values());
  const at = (a ?? []).findIndex((cell, i) => !used.has(i) && /[A-Za-z]/.test(cell) && cell !== b?.[i]);
  return at < 0 ? undefined : (layout.header?.[at] ?? String(at + 1));
}

/** The file was read once without a complaint. */
const ALREADY_READ: BlockGuards = { checkHead: () => {}, longLine: () => new Error('The file has changed.') };

/** The cells of single lines, found by reading the file again. */
async function cellsAt(
  path: string,
  lines: readonly number[],
  delimiter: string,
): Promise<readonly (readonly string[])[]> {
  const found = new Map<number, readonly string[]>();
  const source = await openSource(path);
  try {
    let line = 0;
    for await (const { bytes, from, to } of lineBlocks(source, ALREADY_READ)) {
      for (let at = from; at < to; ) {
        const end = bytes.indexOf(LF, at);
        line++;
        if (lines.includes(line))
          found.set(
            line,
            cellsOfLine(
              new TextDecoder().decode(bytes.subarray(at, end)).replace(/\r$/, ''),
              delimiter,
              path,
              line,
            ),
          );
        at = end + 1;
      }
    }
  } finally {
    await source.close();
  }
  return lines.map((each) => found.get(each) ?? []);
}
