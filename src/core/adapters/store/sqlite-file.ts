import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { TradekitError } from '../../domain/error.ts';
import { EVENT_SCHEMA } from './sqlite-events.ts';

/** The file itself: opening it, its tables and their version, and what its failures mean. */

export type SqliteFile = {
  readonly path: string;
  readonly db: Database.Database;
  readonly form: FileForm;
};

/** What a file of ours is for, and how it is told from others. */
export type FileForm = {
  /** As a reader would say it: `store`. */
  readonly noun: string;
  readonly applicationId: number;
  readonly version: number;
  readonly schema: string;
  /** What makes such a file. */
  readonly maker: string;
};

/**
 * `normal` loses nothing when a process is killed, and at a power cut at most the last commits, never half of one.
 * `full` waits for the disk at every commit.
 */
export type Synchronous = 'normal' | 'full';

/** Of a new file: twice SQLite's own, as a run is appended and seldom changed. */
const PAGE_BYTES = 8192;
/** Pages in the write-ahead log before they are brought home: 16 MB, four times SQLite's own, as a replay writes much at once. */
const CHECKPOINT_PAGES = 2000;
/** So long a statement waits for another process's write. */
const BUSY_MS = 5000;

const STORE_SCHEMA = `
  create table run (id text not null, config_hash text not null, feed text not null) strict;
  create table service (
    name text primary key, epoch integer not null, done integer not null, token text, beat_at integer
  ) strict, without rowid;
  create table key (name text primary key, value text not null) strict, without rowid;
${EVENT_SCHEMA}`;

/** The application id reads `trad` in ASCII. */
const STORE_FORM: FileForm = {
  noun: 'store',
  applicationId: 0x74726164,
  version: 2,
  schema: STORE_SCHEMA,
  maker: 'the first run',
};

/** Opens the file to write, and makes it where there is none. A file of something else is not touched. */
export function openToWrite(path: string, synchronous: Synchronous, form = STORE_FORM): SqliteFile {
  return open(path, form, (db) => {
    if (!isEmpty(db)) checkSchema(db, path, form);
    if (isEmpty(db)) db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('journal_mode = wal');
    db.pragma(`synchronous = ${synchronous}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    inTransaction(db, () => {
      if (!isEmpty(db)) return;
      db.exec(form.schema);
      db.pragma(`application_id = ${form.applicationId}`);
      db.pragma(`user_version = ${form.version}`);
    });
  });
}

/** Opens the file to read; the writer may be another process. libsql would make a missing file and ignores `readonly`. */
export function openToRead(path: string, form = STORE_FORM): SqliteFile {
  checkExists(path, form);
  return open(path, form, (db) => {
    checkSchema(db, path, form);
    db.pragma('query_only = on');
  });
}

/** Whether the file at `path` says of itself that it is one of that form; not whether it is whole. */
export function isOfForm(path: string, form: FileForm): boolean {
  checkExists(path, form);
  const { db } = open(path, form, () => {});
  try {
    return number(db, 'pragma application_id') === form.applicationId;
  } catch (error) {
    throw sqliteError(path, form, error);
  } finally {
    db.close();
  }
}

function checkExists(path: string, { noun, maker }: FileForm): void {
  if (existsSync(path)) return;
  throw new TradekitError('CONFIG', `There is no ${noun} at "${path}".`, {
    hint: `Check the path; ${maker} makes the file.`,
  });
}

function open(path: string, form: FileForm, prepare: (db: Database.Database) => void): SqliteFile {
  let db: Database.Database | undefined;
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    db = new Database(path);
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    prepare(db);
    return { path, db, form };
  } catch (error) {
    db?.close();
    throw sqliteError(path, form, error);
  }
}

function isEmpty(db: Database.Database): boolean {
  return number(db, 'select count(*) from sqlite_schema') === 0;
}

function checkSchema(db: Database.Database, path: string, form: FileForm): void {
  const id = number(db, 'pragma application_id');
  if (id !== form.applicationId) {
    throw new TradekitError(
      'CONFIG',
      `The file "${path}" is not ${/^[aeiou]/.test(form.noun) ? 'an' : 'a'} ${form.noun} of tradekit.`,
      {
        hint: 'Name another file: this one is left as it is.',
      },
    );
  }
  const version = number(db, 'pragma user_version');
  if (version === form.version) return;
  throw new TradekitError(
    'CONFIG',
    `The ${form.noun} "${path}" has the form ${version}; this tradekit knows ${form.version}.`,
    {
      hint: `Open it with the tradekit that wrote it, or start a new run in another ${form.noun}.`,
    },
  );
}

function number(db: Database.Database, sql: string): number {
  const [row] = db.prepare(sql).raw(true).all();
  return Array.isArray(row) ? Number(row[0]) : Number.NaN;
}

/** What `work` gives; a failure is a rejection with a sentence. A closed file is refused here, as libsql's statements outlive it. */
export async function attempt<Value>({ db, path, form }: SqliteFile, work: () => Value): Promise<Value> {
  if (!db.open) throw new TradekitError('BUG', `The ${form.noun} "${path}" has been closed.`);
  try {
    return work();
  } catch (error) {
    throw sqliteError(path, form, error);
  }
}

/** All of it or nothing, whatever it throws. Other writers wait. */
export function inTransaction<Value>(db: Database.Database, work: () => Value): Value {
  db.exec('begin immediate');
  try {
    const value = work();
    db.exec('commit');
    return value;
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

/** A failure of SQLite as a sentence; our own errors pass. */
function sqliteError(path: string, { noun }: FileForm, error: unknown): unknown {
  if (error instanceof TradekitError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const cause = { cause: error };
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new TradekitError('DATA', `The file "${path}" is damaged or no ${noun}: ${error.message}.`, {
      hint: `Put a copy of it back, or start a new run in another ${noun}.`,
      ...cause,
    });
  }
  if (/^SQLITE_(CONSTRAINT|MISUSE|ERROR|RANGE)/.test(code)) {
    return new TradekitError('BUG', `The ${noun} "${path}" does not take this: ${error.message}.`, cause);
  }
  return new TradekitError('CONNECTION', `The ${noun} "${path}" could not be reached: ${error.message}.`, {
    hint: code.startsWith('SQLITE_BUSY')
      ? 'Another process has been writing to it for 5 s: end that one.'
      : 'Is there room on the disk, and may this user write there?',
    ...cause,
  });
}
