import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TradekitError } from '../core/domain/error.ts';
import { type Flags, textFlag } from './flags.ts';

const RUNS = '.tradekit/runs';
const LOG_FILE = '.tradekit/log.db';

/** The run to copy: what was named, or the embedded run written last. */
export function storeToCopy(flags: Flags): string {
  return namedStore(flags) ?? newest(runFiles());
}

/** What to read: what was named, MongoDB where one is set, or the file written last. */
export function logToRead(flags: Flags, mongo: string | undefined): string {
  return namedStore(flags) ?? mongo ?? newest([...runFiles(), LOG_FILE]);
}

/** Where to copy to: one place, and MongoDB before the file that is there without asking. */
export function logToWrite(flags: Flags, mongo: string | undefined): string {
  const to = textFlag(flags, 'to');
  if (to === undefined) return mongo ?? `sqlite:${LOG_FILE}`;
  if (flags['mongo'] === undefined) return to;
  throw two('to copy into', '--to and --mongo');
}

function namedStore(flags: Flags): string | undefined {
  const redis = textFlag(flags, 'redis');
  const store = textFlag(flags, 'store');
  if (redis !== undefined && store !== undefined) throw two('to read', '--redis and --store');
  return redis ?? store;
}

function two(what: string, which: string): TradekitError {
  return new TradekitError('CONFIG', `There are two places ${what}: ${which}.`, {
    hint: 'Name one of them.',
  });
}

function runFiles(): readonly string[] {
  const names = existsSync(RUNS) ? readdirSync(RUNS) : [];
  return names.filter((name) => name.endsWith('.db')).map((name) => join(RUNS, name));
}

/** The file written last. */
function newest(paths: readonly string[]): string {
  const [path] = paths.filter((file) => existsSync(file)).toSorted((a, b) => writtenAt(b) - writtenAt(a));
  if (path !== undefined) return `sqlite:${path}`;
  throw new TradekitError('CONFIG', `There is no run in "${RUNS}" yet.`, {
    hint: 'Start one: tradekit run-all. Or say where one is: --store sqlite:FILE, --redis URL',
  });
}

/** What is new stands in the write-ahead log first. */
function writtenAt(path: string): number {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
