import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { TradekitError } from '../../../domain/error.ts';
import { nearestNames } from '../../../domain/nearest.ts';
import { listed, refusal } from './refuse.ts';

/** The text of one file as bytes, unpacked if it is gzip. Whoever opens it closes it. */
export interface ByteSource {
  readonly path: string;
  /** Size on disk. */
  readonly bytes: number;
  readonly gzip: boolean;
  /** Fills `into` from `at` with at most `length` bytes; 0 at the end. */
  read(into: Uint8Array, at: number, length: number): Promise<number>;
  /** Bytes of the file on disk taken so far. */
  taken(): number;
  close(): Promise<void>;
}

/**
 * Opens a file of text, gzip or not (told by its first bytes, not by its name).
 *
 * @throws TradekitError DATA for what is absent, a directory, no regular file, or not to be read
 */
export async function openSource(path: string): Promise<ByteSource> {
  const handle = await openFile(path);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw await directoryRefusal(path);
    if (!stat.isFile())
      throw refusal(path, undefined, 'is no regular file.', 'Save the candles to a file first.');
    const head = new Uint8Array(2);
    await handle.read(head, 0, 2, 0);
    const gzip = head[0] === 0x1f && head[1] === 0x8b;
    return gzip ? gzipSource(path, handle, stat.size) : plainSource(path, handle, stat.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function plainSource(path: string, handle: FileHandle, bytes: number): ByteSource {
  let position = 0;
  return {
    path,
    bytes,
    gzip: false,
    async read(into, at, length) {
      const { bytesRead } = await handle.read(into, at, length, position);
      position += bytesRead;
      return bytesRead;
    },
    taken: () => position,
    close: () => handle.close(),
  };
}

function gzipSource(path: string, handle: FileHandle, bytes: number): ByteSource {
  const packed = handle.createReadStream({ start: 0, autoClose: false });
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  packed.on('error', (error) => unpacked.destroy(error));
  const chunks = packed.pipe(unpacked)[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);

  async function nextChunk(): Promise<Uint8Array> {
    try {
      const { value, done } = await chunks.next();
      return done === true || !(value instanceof Uint8Array) ? new Uint8Array(0) : value;
    } catch (cause) {
      throw gzipRefusal(path, cause);
    }
  }

  return {
    path,
    bytes,
    gzip: true,
    async read(into, at, length) {
      if (rest.length === 0) rest = await nextChunk();
      const count = Math.min(length, rest.length);
      into.set(rest.subarray(0, count), at);
      rest = rest.subarray(count);
      return count;
    },
    taken: () => packed.bytesRead,
    async close() {
      packed.destroy();
      unpacked.destroy();
      await handle.close();
    },
  };
}

function gzipRefusal(path: string, cause: unknown): TradekitError {
  const truncated = codeOf(cause) === 'Z_BUF_ERROR';
  const sentence = truncated ? 'the gzip data ends too early.' : 'the gzip data is damaged.';
  return refusal(path, undefined, sentence, `Fetch the file again; \`gzip -t ${basename(path)}\` tests it.`);
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw await missingRefusal(path);
    if (code === 'EISDIR') throw await directoryRefusal(path);
    throw new TradekitError('DATA', `${path}: could not be opened (${code ?? 'unknown reason'}).`, {
      hint: 'May you read it? Try `ls -l` on it.',
      cause,
    });
  }
}

async function missingRefusal(path: string): Promise<TradekitError> {
  const folder = dirname(path);
  const names = await namesIn(folder);
  if (names === undefined)
    return refusal(path, undefined, `there is no folder "${folder}".`, 'Check the path.');
  const near = nearestNames(basename(path), names);
  const hint =
    near.length > 0 ? `Did you mean ${listed(near)}?` : `In that folder: ${listed(names) || 'nothing'}.`;
  return refusal(path, undefined, 'there is no such file.', hint);
}

async function directoryRefusal(path: string): Promise<TradekitError> {
  const names = ((await namesIn(path)) ?? []).filter((name) => /\.(csv|txt)(\.gz)?$/i.test(name));
  const hint = names.length > 0 ? `Name the files in it: ${listed(names, 5)}.` : 'Name a CSV file.';
  return refusal(path, undefined, 'is a directory.', hint);
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
