import { BYTE } from './bytes.ts';
import type { ByteSource } from './open-source.ts';

const { LF } = BYTE;

/** Whole lines of a file: bytes[from, to), the last byte is a line feed. The buffer is used again for the next block. */
export type LineBlock = { readonly bytes: Buffer; readonly from: number; readonly to: number };

const CHUNK = 1 << 20;
/** What the caller has to say about a file that is no CSV. */
export type BlockGuards = {
  /** Looks at the first bytes of the file; throws. */
  readonly checkHead: (head: Uint8Array) => void;
  /** The error for a line over 64 KiB, given the lines since the last block. */
  readonly longLine: (linesBefore: number) => Error;
};

/** No candle needs more; a file without line feeds must not fill the memory. */
const LONGEST_LINE = 1 << 16;

/**
 * Cuts a file into blocks of whole lines, about 1 MiB each. A last line without a line feed gets one.
 *
 * @throws what the guards say
 */
export async function* lineBlocks(source: ByteSource, guards: BlockGuards): AsyncGenerator<LineBlock> {
  const bytes = Buffer.alloc(LONGEST_LINE + CHUNK + 1);
  let held = 0;
  let isFirst = true;
  for (;;) {
    const count = await source.read(bytes, held, bytes.length - 1 - held);
    if (count === 0) break;
    if (isFirst) guards.checkHead(bytes.subarray(0, count));
    isFirst = false;
    const filled = held + count;
    const to = bytes.subarray(0, filled).lastIndexOf(LF) + 1;
    if (filled - to > LONGEST_LINE) throw guards.longLine(countLines({ bytes, from: 0, to }));
    if (to > 0) yield { bytes, from: 0, to };
    bytes.copyWithin(0, to, filled);
    held = filled - to;
  }
  if (held > 0) {
    bytes[held] = LF;
    yield { bytes, from: 0, to: held + 1 };
  }
}

export function countLines({ bytes, from, to }: LineBlock): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < to; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}
