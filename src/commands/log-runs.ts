import { TradekitError } from '../core/domain/error.ts';
import { nearestName } from '../core/domain/nearest.ts';
import { redactUrl } from '../core/domain/redact-url.ts';
import type { LoggedRun, LogQuery } from '../core/ports/event-log.ts';
import type { LogReaders } from './log-readers.ts';
import type { LogPlaces } from './log-source.ts';

/** A run, and the URL of the log or store that is read for it. */
export type FoundRun = { readonly run: LoggedRun; readonly from: string };

export type RunSearch = {
  readonly places: LogPlaces;
  readonly readers: LogReaders;
  /** What stands behind `--run`. */
  readonly named: string | undefined;
  readonly say: (line: string) => void;
};

/**
 * The runs that are asked for: the one that is named, or all of them, in the order in which they were begun, or one;
 * which one that is, is said where there are several.
 *
 * @throws CONFIG where there is none, or none of that name
 */
export async function findRuns(search: RunSearch): Promise<readonly FoundRun[]> {
  const { named } = search;
  if (named === 'all') return orThrow(search, await everyRun(search));
  if (named !== undefined) return [await runNamed(named, search)];
  const { shared, files } = search.places;
  if (files.length === 0) return [lastCopied(search, orThrow(search, await runsIn(shared, search)))];
  return [await lastWritten(search)];
}

/** A run that stands both in a file of its own and in the log is read from its file. */
async function everyRun(search: RunSearch): Promise<readonly FoundRun[]> {
  const { files, shared } = search.places;
  const found = new Map<string, FoundRun & { readonly begunAt: number }>();
  for (const from of [...files.map(({ from }) => from), shared]) {
    for (const of of await runsIn(from, search)) {
      if (found.has(of.run.id)) continue;
      found.set(of.run.id, { ...of, begunAt: await recordedAt(of, search, 'first') });
    }
  }
  return [...found.values()].sort((a, b) => a.begunAt - b.begunAt);
}

async function runNamed(name: string, search: RunSearch): Promise<FoundRun> {
  const { files, shared } = search.places;
  const file = files.find((of) => of.name === name);
  const found: FoundRun[] = [];
  for (const from of [file?.from, shared]) {
    found.push(...(await runsIn(from, search)));
    const run = found.find((of) => of.run.id === name);
    if (run !== undefined) return run;
  }
  const names = namesOf(search, found);
  if (names.length === 0) orThrow(search, found);
  const nearest = nearestName(name, names);
  throw new TradekitError('CONFIG', `There is no run "${name}".`, {
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Runs: ${few(names)}`,
  });
}

/** Of one log: the run whose mark was moved last, which is not always the one that was begun last. */
function lastCopied(search: RunSearch, found: readonly [FoundRun, ...FoundRun[]]): FoundRun {
  const last = found.at(-1) ?? found[0];
  const names = namesOf(search, found);
  if (names.length > 1) {
    const place = redactUrl(last.from);
    const which = `the one of ${names.length} last copied into ${place}`;
    search.say(`The run ${last.run.id}, ${which}: ${few(names)}.`);
  }
  return last;
}

/** Of files of runs: the newest of them, unless the log beside them has a later run that none of them is of. */
async function lastWritten(search: RunSearch): Promise<FoundRun> {
  const { files, shared } = search.places;
  const copies = await runsIn(shared, search);
  const ours = new Set(files.map(({ name }) => name));
  const candidates = copies.filter(({ run }) => !ours.has(run.id));
  for (const { from } of files) {
    const inFile = await runsIn(from, search);
    candidates.unshift(...inFile);
    if (inFile.length > 0) break;
  }
  let last = orThrow(search, candidates)[0];
  let lastAt = await recordedAt(last, search, 'last');
  for (const other of candidates.slice(1)) {
    const at = await recordedAt(other, search, 'last');
    if (at > lastAt) [last, lastAt] = [other, at];
  }
  const names = namesOf(search, copies);
  if (names.length > 1)
    search.say(`The run ${last.run.id}, the one of ${names.length} written last: ${few(names)}.`);
  return last;
}

/** Wall clock at which its first or last event was recorded, UTC epoch ms: copying it leaves that as it was. */
async function recordedAt(
  { run, from }: FoundRun,
  { readers }: RunSearch,
  which: 'first' | 'last',
): Promise<number> {
  const log = await readers.of(from);
  const query: LogQuery = which === 'last' ? { run: run.id, last: 1 } : { run: run.id };
  for await (const event of log.read(query)) return event.recordedAt;
  return run.movedAt;
}

/** The one moved last comes last. What cannot be read is left out where other places are left to look in. */
async function runsIn(
  from: string | undefined,
  { readers, places, say }: RunSearch,
): Promise<readonly FoundRun[]> {
  if (from === undefined) return [];
  try {
    const log = await readers.of(from);
    return (await log.runs()).map((run) => ({ run, from }));
  } catch (error) {
    if (!(error instanceof TradekitError) || places.files.length === 0) throw error;
    say(`Left out: ${redactUrl(from)}. ${error.message}`);
    return [];
  }
}

function orThrow({ places }: RunSearch, found: readonly FoundRun[]): readonly [FoundRun, ...FoundRun[]] {
  const [first, ...others] = found;
  if (first !== undefined) return [first, ...others];
  const place = places.files[0]?.from ?? places.shared ?? '';
  throw new TradekitError('CONFIG', `There is no run in ${redactUrl(place)} yet.`, {
    hint: 'Start one: tradekit run-all. Or read another place: --store, --redis or --mongo',
  });
}

/** Every name that `--run` takes: those of files by when they were written, then those of the log, the last one first. */
function namesOf({ places }: RunSearch, found: readonly FoundRun[]): readonly string[] {
  const own = places.files.map(({ name }) => name);
  return [...new Set([...own, ...found.map(({ run }) => run.id).reverse()])];
}

const MOST_NAMES = 10;

function few(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
