import type Database from 'libsql';
import { STAGE_NAMES } from '../../domain/events/channels.ts';
import { BEFORE_ALL, unpackPosition } from '../../domain/events/position.ts';
import type { DoneMarks, KeyName, KeyValue, RunIdentity, StoreReader } from '../../ports/store.ts';
import { type Bell, createBell, watchMarks } from './bell.ts';
import { heartbeatAges, recordOf } from './rules.ts';
import { eventReader } from './sqlite-events.ts';
import { attempt, openToRead, type SqliteFile } from './sqlite-file.ts';
import { rows } from './sqlite-rows.ts';

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
  const readEvents = eventReader(db);
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
    read: (range) => query(() => readEvents(range)),
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
