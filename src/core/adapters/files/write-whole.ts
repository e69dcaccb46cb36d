import { realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { TradekitError } from '../../domain/error.ts';

export type WholeFile = { readonly path: string; readonly text: string };

/**
 * Writes files whole, all of them or none: each beside its place first, then renamed over it. Links are followed. A pipe or
 * a device is written to as it is, since a renamed file would take its place.
 *
 * @throws TradekitError CONFIG when a path cannot be written
 */
export function writeWholeFiles(files: readonly WholeFile[]): void {
  const plain = files.filter(({ path }) => isPlain(path)).map(besideItsPlace);
  try {
    for (const { path, text, beside } of plain) attempt(path, () => writeFileSync(beside, text));
    for (const { path, text } of files) if (!isPlain(path)) attempt(path, () => writeFileSync(path, text));
    for (const { path, place, beside } of plain) attempt(path, () => renameSync(beside, place));
  } finally {
    for (const { beside } of plain) rmSync(beside, { force: true });
  }
}

function besideItsPlace({ path, text }: WholeFile) {
  const place = statOf(path) === undefined ? path : realpathSync(path);
  return { path, text, place, beside: `${place}.${process.pid}.partial` };
}

/** A file, or nothing yet. */
function isPlain(path: string): boolean {
  return statOf(path)?.isFile() ?? true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined; // the attempt to write says what is wrong
  }
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new TradekitError('CONFIG', `Cannot write "${path}"${code}.`, {
      hint: 'Name another file, in a folder that exists: --out trades.csv, --equity-out equity.csv',
      cause,
    });
  }
}
