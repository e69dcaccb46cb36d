import type Database from 'libsql';
import { facetsOf } from '../../domain/events/facets.ts';
import { BEFORE_ALL, packPosition } from '../../domain/events/position.ts';
import type { EventLog, LogBatch } from '../../ports/event-log.ts';
import type { StoredEvent } from '../../ports/store.ts';
import { attempt, inTransaction, openToWrite } from '../store/sqlite-file.ts';
import { rows } from '../store/sqlite-rows.ts';
import { checkLoggedRun } from './check-run.ts';
import { EVENT_LOG_FORM } from './sqlite-form.ts';
import { logReaderOf } from './sqlite-reader.ts';

export type SqliteLogOptions = {
  /** Wall clock, UTC epoch ms. */
  readonly now?: () => number;
};

/**
 * An event log in one file: events and mark in one transaction. Many runs; one process writes at a time, any number read.
 *
 * @throws CONFIG where the file is something else, CONNECTION where it cannot be opened
 */
export function openSqliteLog(path: string, { now = Date.now }: SqliteLogOptions = {}): EventLog {
  const file = openToWrite(path, 'normal', EVENT_LOG_FORM);
  const { db } = file;
  const runs = runTable(db);
  const insert = eventTable(db);
  const reading = logReaderOf(file);

  function append({ run, from, upTo, events }: LogBatch): 'ok' | 'gap' {
    const held = runs.find(run.id) ?? runs.add(run, now());
    checkLoggedRun(held, run);
    if (held.mark !== packPosition(from)) return 'gap';
    for (const event of events) insert(held.key, event);
    runs.move(held.key, packPosition(upTo), now());
    return 'ok';
  }

  return {
    ...reading,
    append: (batch) => attempt(file, () => inTransaction(db, () => append(batch))),
    async [Symbol.asyncDispose]() {
      if (db.open) db.pragma('wal_checkpoint(truncate)');
      await reading[Symbol.asyncDispose]();
    },
  };
}

type HeldRun = LogBatch['run'] & { readonly key: number; readonly mark: number };

function runTable(db: Database.Database) {
  const select = rows<[key: number, configHash: string, feed: string, mark: number]>(
    db,
    'select key, config_hash, feed, mark from run where id = ?',
  );
  const insert = db.prepare('insert into run (id, config_hash, feed, mark, moved_at) values (?, ?, ?, ?, ?)');
  const move = db.prepare('update run set mark = ?, moved_at = ? where key = ?');

  function find(id: string): HeldRun | undefined {
    const [row] = select(id);
    if (row === undefined) return undefined;
    const [key, configHash, feed, mark] = row;
    return { id, key, configHash, feed, mark };
  }

  return {
    find,
    add(run: LogBatch['run'], movedAt: number): HeldRun {
      const mark = packPosition(BEFORE_ALL);
      const { lastInsertRowid } = insert.run(run.id, run.configHash, run.feed, mark, movedAt);
      return { ...run, key: Number(lastInsertRowid), mark };
    },
    move: (key: number, mark: number, movedAt: number) => void move.run(mark, movedAt, key),
  };
}

/** What is there already stays as it is. */
function eventTable(db: Database.Database): (run: number, event: StoredEvent) => void {
  const insert = db.prepare(
    'insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (run, id) do nothing',
  );
  return (run, { position, channel, line, recordedAt }) => {
    const { id, at, symbol, strategy, correlationId } = facetsOf(JSON.parse(line));
    const place = packPosition(position);
    insert.run(
      run,
      place,
      id,
      channel,
      at,
      symbol ?? null,
      strategy ?? null,
      correlationId ?? null,
      line,
      recordedAt,
    );
  };
}
