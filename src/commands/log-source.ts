import { existsSync } from 'node:fs';
import { TradekitError } from '../core/domain/error.ts';
import { type Flags, textFlag } from './flags.ts';
import { fileOfRun, newestFirst, RUNS_FOLDER, runFiles, runNames } from './run-files.ts';

const LOG_FILE = '.tradekit/log.db';

/** A Redis from the environment or the file counts where no other store is typed. */
export function withRedis(flags: Flags, redis: string | undefined): Flags {
  return redis === undefined || flags['store'] !== undefined ? flags : { ...flags, redis };
}

/** The run to copy: what was named, or the embedded run written last. */
export function storeToCopy(flags: Flags): string {
  return namedStore(flags) ?? newest(runFiles());
}

/** What to read: what was named, MongoDB where one is set, the file of the run that was named, or the file written last. */
export function logToRead(flags: Flags, mongo: string | undefined): string {
  const run = fileOfRun(textFlag(flags, 'run'));
  const own = run === undefined ? undefined : `sqlite:${run}`;
  return namedStore(flags) ?? mongo ?? own ?? newest([...runFiles(), LOG_FILE]);
}

/** The runs that `--run` finds though the log that is read may not hold them, newest first. */
export function runsBeside(flags: Flags, mongo: string | undefined): readonly string[] {
  return namedStore(flags) === undefined && mongo === undefined ? runNames() : [];
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
  throw new TradekitError('CONFIG', `There is no run in "${RUNS_FOLDER}" yet.`, {
    hint: 'Start one: tradekit run-all. Or say where one is: --store sqlite:FILE, --redis URL',
  });
}
