import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { TradekitError } from '../../domain/error.ts';

export type WholeFile = { readonly path: string; readonly text: string };

/**
 * Writes files whole, all of them or none: each beside its place first, then renamed over it.
 *
 * @throws TradekitError CONFIG when a path cannot be written
 */
export function writeWholeFiles(files: readonly WholeFile[]): void {
  const staged = files.map(({ path, text }) => ({ path, text, beside: `${path}.${process.pid}.partial` }));
  try {
    for (const { path, text, beside } of staged) attempt(path, () => writeFileSync(beside, text));
    for (const { path, beside } of staged) attempt(path, () => renameSync(beside, path));
  } finally {
    for (const { beside } of staged) rmSync(beside, { force: true });
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
