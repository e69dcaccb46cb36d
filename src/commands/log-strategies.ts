import { facetsOf } from '../core/domain/events/facets.ts';
import { nearestNames } from '../core/domain/nearest.ts';
import { safeText } from '../core/views/safe-text.ts';
import type { LogReaders } from './log-readers.ts';
import type { FoundRun } from './log-runs.ts';

const MOST_NAMES = 12;

/** What to say where no signal in these runs is of that strategy: which strategies have some. Undefined where one is. */
export async function unknownStrategy(
  name: string | undefined,
  runs: readonly FoundRun[],
  readers: LogReaders,
): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const names = await strategiesIn(runs, readers);
  if (names.includes(name)) return undefined;
  const none = `There is no signal of a strategy "${safeText(name)}"`;
  if (names.length === 0) return `${none}, nor of any other.`;
  const near = nearestNames(name, names);
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  const hint = near.length === 0 ? '' : `Did you mean ${near.map(safeText).join(' or ')}? `;
  return `${none}. ${hint}Signals are of: ${names.slice(0, MOST_NAMES).map(safeText).join(', ')}${more}.`;
}

async function strategiesIn(runs: readonly FoundRun[], readers: LogReaders): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { run, from } of runs) {
    const log = await readers.of(from);
    for await (const { line } of log.read({ run: run.id, channels: ['SIGNALS.POTENTIAL'] })) {
      const { strategy } = facetsOf(JSON.parse(line) as Readonly<Record<string, unknown>>); // an event is an object
      if (strategy !== undefined) names.add(strategy);
    }
  }
  return [...names].sort();
}
