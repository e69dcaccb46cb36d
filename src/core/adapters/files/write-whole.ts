import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { TradekitError } from '../../domain/error.ts';

/**
 * Writes a file whole or not at all: beside it first, then renamed over it.
 *
 * @throws TradekitError CONFIG when the path cannot be written
 */
export function writeWholeFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new TradekitError('CONFIG', `Cannot write "${path}"${code}.`, {
      hint: 'Name another file: --out trades.csv',
      cause,
    });
  }
}
