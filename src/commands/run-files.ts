import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TradekitError } from '../core/domain/error.ts';

/** Where embedded runs are kept: a file each, named after the run. */
export const RUNS_FOLDER = join('.tradekit', 'runs');

const ENDING = '.db';

/** The file of a new run. @throws CONFIG where there is one of that name */
export function newRunFile(id: string): string {
  const path = join(RUNS_FOLDER, `${id}${ENDING}`);
  if (!existsSync(path)) return path;
  throw new TradekitError('CONFIG', `There is a run "${id}" already: ${path}.`, {
    hint: `Go on with it: tradekit run-all --resume ${id}. Or give the new one another name: --run`,
  });
}

/** The file of a run by its name, or the run that was last written. @throws CONFIG where there is none */
export function findRunFile(id: string | undefined): string {
  const files = runFiles();
  const found = id === undefined ? files[0] : fileOfRun(id);
  if (found !== undefined) return found;
  const known = runNames().slice(0, 5);
  const what = id === undefined ? 'There is no run' : `There is no run "${id}"`;
  throw new TradekitError('CONFIG', `${what} in ${RUNS_FOLDER}.`, {
    hint:
      known.length === 0
        ? 'tradekit run-all starts one. Runs are looked for in the folder in which they were started.'
        : `The newest there: ${known.join(', ')}`,
  });
}

/** The file of the run of that name; undefined where there is none here. */
function fileOfRun(id: string | undefined): string | undefined {
  return runFiles().find((path) => path === join(RUNS_FOLDER, `${id}${ENDING}`));
}

/** The names of all runs that have a file here, newest first. */
function runNames(): readonly string[] {
  return runFiles().map(nameOfFile);
}

/** `.tradekit/runs/july.db` → `july`. */
export function nameOfFile(path: string): string {
  return basename(path, ENDING);
}

/** The files of all runs, newest first. */
export function runFiles(): readonly string[] {
  if (!existsSync(RUNS_FOLDER)) return [];
  const names = readdirSync(RUNS_FOLDER).filter((name) => name.endsWith(ENDING));
  return newestFirst(names.map((name) => join(RUNS_FOLDER, name)));
}

/** By when they were last written. */
export function newestFirst(paths: readonly string[]): readonly string[] {
  return paths
    .map((path) => ({ path, at: writtenAt(path) }))
    .sort((a, b) => b.at - a.at || (a.path < b.path ? 1 : -1))
    .map(({ path }) => path);
}

/** What is new stands in the write-ahead log first. */
function writtenAt(path: string): number {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
