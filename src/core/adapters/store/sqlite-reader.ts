import type Database from 'libsql';
import { type Channel, STAGE_NAMES } from '../../domain/events/channels.ts';
import { BEFORE_ALL, packPosition, unpackPosition } from '../../domain/events/position.ts';
import {
  type DoneMarks,
  type KeyName,
  type KeyValue,
  READ_MAX,
  type ReadRange,
  type RunIdentity,
  type StoredEvent,
  type StoreReader,
} from '../../ports/store.ts';
import { type Bell, createBell, watchMarks } from './bell.ts';
import { heartbeatAges, recordOf } from './rules.ts';
import { attempt, openToRead, type SqliteFile } from './sqlite-file.ts';

/** Marks moved by another process are seen this much later at most. */
const POLL_MS = 20;

/**
 * Reads a store that another process may be writing. Every statement is short and ends at once: a read left open would
 * make the write-ahead log grow.
 *
 * @throws CONFIG where there is no such file or it is no store of ours
 */
export function openSqliteReader(
  path: string,
  { now = Date.now }: { readonly now?: () => number } = {},
): StoreReader {
  return readerOf(openToRead(path), createBell(), now);
}

/** The reading half; `bell` rings when this process moved a mark. */
export function readerOf(file: SqliteFile, bell: Bell, now: () => number): StoreReader {
  const { db } = file;
  const closing = new AbortController();
  const run = runQuery(db);
  const selectDone = rows<[name: string, done: number]>(db, 'select name, done from service');
  const selectKey = rows<[value: string]>(db, 'select value from key where name = ?');
  const selectEvents = eventQueries(db);
  const selectBeats = rows<[name: string, beatAt: number | null]>(db, 'select name, beat_at from service');

  function query<Value>(ask: () => Value): Promise<Value> {
    return attempt(file, ask);
  }

  function marks(): DoneMarks {
    const held = new Map(selectDone());
    return recordOf(STAGE_NAMES, (name) => {
      const packed = held.get(name);
      return packed === undefined ? BEFORE_ALL : unpackPosition(packed);
    });
  }

  function key(name: KeyName): KeyValue | undefined {
    const [row] = selectKey(name);
    return row === undefined ? undefined : (JSON.parse(row[0]) as KeyValue); // as the writing half wrote it
  }

  return {
    run: () => query(run),
    done: () => query(marks),
    read: (range) => query(() => selectEvents(range)),
    watch: (signal, of) =>
      watchMarks({
        read: () => query(marks),
        bell,
        of,
        pollMs: POLL_MS,
        signal: AbortSignal.any([signal, closing.signal]),
      }),
    key: (name) => query(() => key(name)),
    heartbeatAges: () =>
      query(() => {
        const beats = new Map(selectBeats());
        return heartbeatAges((name) => beats.get(name) ?? undefined, now());
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      if (db.open) db.close();
    },
  };
}

/** The run that the store holds. */
export function runQuery(db: Database.Database): () => RunIdentity | undefined {
  const select = rows<[id: string, configHash: string, feed: string]>(
    db,
    'select id, config_hash, feed from run',
  );
  return () => {
    const [row] = select();
    return row === undefined ? undefined : { id: row[0], configHash: row[1], feed: row[2] };
  };
}

type EventRow = [position: number, channel: Channel, line: string, recordedAt: number];

/** Reads ranges of events: one prepared statement per set of channels, of which a program uses a handful. */
function eventQueries(db: Database.Database): (range: ReadRange) => readonly StoredEvent[] {
  const prepared = new Map<string, (...parameters: readonly unknown[]) => readonly EventRow[]>();

  function select(channels: readonly Channel[] | undefined) {
    const where = channelsClause(channels);
    const known = prepared.get(where);
    if (known !== undefined) return known;
    const made = rows<EventRow>(
      db,
      `select position, channel, line, recorded_at from event where position > ? and position <= ?${where} order by position limit ?`,
    );
    prepared.set(where, made);
    return made;
  }

  return ({ after, upTo, channels, max = READ_MAX }) =>
    select(channels)(packPosition(after), packPosition(upTo), max).map(
      ([position, channel, line, recordedAt]) => ({
        position: unpackPosition(position),
        channel,
        line,
        recordedAt,
      }),
    );
}

/** Channels are names of ours, so they may stand in the text; without candles the smaller index serves. */
function channelsClause(channels: readonly Channel[] | undefined): string {
  if (channels === undefined) return '';
  const list = channels.map((name) => `'${name}'`).join(', ');
  const skipsCandles = channels.includes('MARKET.CANDLE') ? '' : ` and channel <> 'MARKET.CANDLE'`;
  return ` and channel in (${list})${skipsCandles}`;
}

/** A query whose rows come as tuples, read to the end at once. */
export function rows<Row extends readonly unknown[]>(
  db: Database.Database,
  sql: string,
): (...parameters: readonly unknown[]) => readonly Row[] {
  const statement = db.prepare(sql).raw(true);
  return (...parameters) => statement.all(...parameters) as readonly Row[]; // the columns of the schema, which is strict
}
