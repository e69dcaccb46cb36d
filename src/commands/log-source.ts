import { existsSync } from 'node:fs';
import { TradekitError } from '../core/domain/error.ts';
import { type Flags, textFlag } from './flags.ts';
import { nameOfFile, newestFirst, RUNS_FOLDER, runFiles } from './run-files.ts';

const LOG_FILE = '.tradekit/log.db';

/** A Redis from the environment or the file counts where no other store is typed. */
export function withRedis(flags: Flags, redis: string | undefined): Flags {
  return redis === undefined || flags['store'] !== undefined ? flags : { ...flags, redis };
}

/** The run to copy: what was named, or the embedded run written last. */
export function storeToCopy(flags: Flags): string {
  return namedStore(flags) ?? newest(runFiles());
}

/** Where runs are looked for. */
export type LogPlaces = {
  /** Of embedded runs, the one written last first; none where a place is named. */
  readonly files: readonly { readonly name: string; readonly from: string }[];
  /** URL of what may hold many runs: the place that is named, or the file to which `tradekit log` copies by itself. */
  readonly shared: string | undefined;
};

/** What was named, MongoDB where one is set, else every run that is kept here. @throws CONFIG where there is nothing */
export function placesToRead(flags: Flags, mongo: string | undefined): LogPlaces {
  const named = namedStore(flags) ?? mongo;
  if (named !== undefined) return { files: [], shared: named };
  const files = runFiles().map((path) => ({ name: nameOfFile(path), from: `sqlite:${path}` }));
  const shared = existsSync(LOG_FILE) ? `sqlite:${LOG_FILE}` : undefined;
  if (files.length === 0 && shared === undefined) throw noRun();
  return { files, shared };
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

/** The file written last. */
function newest(paths: readonly string[]): string {
  const [path] = newestFirst(paths.filter((file) => existsSync(file)));
  if (path !== undefined) return `sqlite:${path}`;
  throw noRun();
}

function noRun(): TradekitError {
  return new TradekitError('CONFIG', `There is no run in "${RUNS_FOLDER}" yet.`, {
    hint: 'Start one: tradekit run-all. Or say where one is: --store sqlite:FILE, --redis URL',
  });
}
