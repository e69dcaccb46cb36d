import type { Channel } from '../../domain/events/channels.ts';
import { packPosition, unpackPosition } from '../../domain/events/position.ts';
import type { StoredEvent } from '../../ports/store.ts';

/** An event's own fields, flat, and behind them what the log adds. */
export type EventDocument = {
  /** `run/id` */
  readonly _id: string;
  readonly run: string;
  /** Packed: one number in the order of the run. */
  readonly position: number;
  /** Wall clock of the store's commit, UTC epoch ms. */
  readonly recordedAt: number;
  /** The line itself, where the fields alone would not give it back. */
  readonly line?: string;
  readonly [field: string]: unknown;
};

const ADDED = ['_id', 'run', 'position', 'recordedAt', 'line'] as const;

/** `SIGNALS.MSE_OUTPUT` → `events_signals_mse_output` */
export function collectionOf(channel: Channel): string {
  return `events_${channel.toLowerCase().replaceAll('.', '_')}`;
}

/** A document keeps the order of its keys and every bit of a double, so the fields are the line. */
export function documentOf(run: string, { position, line, recordedAt }: StoredEvent): EventDocument {
  const fields = JSON.parse(line) as Readonly<Record<string, unknown>>; // an event is an object
  const added = { run, position: packPosition(position), recordedAt };
  const _id = `${run}/${String(fields['id'])}`;
  return isKeptByFields(fields, line)
    ? { _id, ...fields, ...added }
    : { _id, ...plainFields(fields), ...added, line };
}

export function eventOf(channel: Channel, document: EventDocument): StoredEvent {
  const { position, recordedAt } = document;
  return { position: unpackPosition(position), channel, line: lineOf(document), recordedAt };
}

function lineOf({ _id, run, position, recordedAt, line, ...fields }: EventDocument): string {
  return line ?? JSON.stringify(fields);
}

/** What BSON cannot hold: half a surrogate pair, which JSON writes as an escape, and U+0000 in a key. */
const BEYOND_BSON = /\\u(?:d[89a-f]|0000)/i;

function isKeptByFields(fields: Readonly<Record<string, unknown>>, line: string): boolean {
  return (
    !BEYOND_BSON.test(line) &&
    ADDED.every((name) => !Object.hasOwn(fields, name)) &&
    hasPlainKeys(fields) &&
    JSON.stringify(fields) === line
  );
}

/** No key that a server could take for a path or an operator, at any depth. */
function hasPlainKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(hasPlainKeys);
  return Object.entries(value).every(([key, inner]) => isPlainKey(key) && hasPlainKeys(inner));
}

function isPlainKey(key: string): boolean {
  return key !== '' && key !== '__proto__' && !key.startsWith('$') && !key.includes('.');
}

/** What can be asked for all the same. */
function plainFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) =>
        isPlainKey(key) && !key.includes('\0') && (typeof value !== 'object' || value === null),
    ),
  );
}
