import type Database from 'libsql';
import type { StageName } from '../../domain/events/channels.ts';
import { packPosition, unpackPosition } from '../../domain/events/position.ts';
import type { Commit, CommitAnswer, KeyWrite, StartRequest, Store } from '../../ports/store.ts';
import { createBell } from './bell.ts';
import {
  checkCommits,
  checkHeartbeats,
  checkRun,
  isHeldBy,
  judge,
  recordOf,
  type ServiceRecord,
  UNSTARTED,
} from './rules.ts';
import { eventWriter } from './sqlite-events.ts';
import { attempt, inTransaction, openToWrite, type Synchronous } from './sqlite-file.ts';
import { readerOf, runQuery } from './sqlite-reader.ts';
import { rows } from './sqlite-rows.ts';

export type SqliteStoreOptions = {
  /** `normal` by default. */
  readonly synchronous?: Synchronous;
  /** Wall clock, UTC epoch ms. */
  readonly now?: () => number;
};

/**
 * A store in one file, which outlives its processes. One process writes at a time (another one waits its turn, and is
 * fenced as anywhere); any number read. Each call is one transaction of SQLite.
 *
 * @throws CONFIG where the file is something else, CONNECTION where it cannot be opened
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const { synchronous = 'normal', now = Date.now } = options;
  const file = openToWrite(path, synchronous);
  const bell = createBell();
  const { db } = file;
  const services = serviceTable(db);
  const selectRun = runQuery(db);
  const insertRun = db.prepare('insert into run values (?, ?, ?)');
  const keys = keyTable(db);
  const append = eventWriter(db);

  function transact<Value>(work: () => Value): Promise<Value> {
    return attempt(file, () => inTransaction(db, work));
  }

  function start<Name extends StageName>(request: StartRequest<Name>) {
    const beatAt = now();
    const held = selectRun();
    checkRun(held ?? request.run, request.run);
    checkHeartbeats(request, services.record, beatAt);
    if (held === undefined) insertRun.run(request.run.id, request.run.configHash, request.run.feed);
    return recordOf(request.services, (service) => {
      const { epoch, done, token } = services.record(service);
      services.put(service, { epoch: epoch + 1, done, token, beatAt });
      return { epoch: epoch + 1, done };
    });
  }

  function commit(commits: readonly Commit[]): CommitAnswer {
    const answer = judge(commits, { record: services.record, hasKey: keys.has });
    if (answer !== undefined) return answer;
    const recordedAt = now();
    for (const asked of commits) {
      append(asked.appends, recordedAt);
      for (const write of asked.writes) keys.write(write);
      services.move(asked);
    }
    return 'ok';
  }

  /** Notes when the service was last heard, where that epoch still holds it. */
  function beat(service: StageName, epoch: number, beatAt: number | undefined): boolean {
    const held = services.record(service);
    const holds = isHeldBy(held, epoch);
    if (holds) services.put(service, { ...held, beatAt });
    return holds;
  }

  const reading = readerOf(file, bell, now);
  return {
    ...reading,
    start: (request) => transact(() => start(request)),
    async commit(...commits) {
      checkCommits(commits);
      const answer = await transact(() => commit(commits));
      if (answer === 'ok') bell.ring();
      return answer;
    },
    heartbeat: (service, epoch) => transact(() => (beat(service, epoch, now()) ? 'ok' : 'fenced')),
    leave: (service, epoch) => transact(() => void beat(service, epoch, undefined)),
    halt: (reason) =>
      transact(() => {
        if (!keys.has('TG:KILL')) keys.write({ key: 'TG:KILL', value: reason });
      }),
    resume: () => transact(() => keys.write({ key: 'TG:KILL', value: undefined })),
    /** Brings the write-ahead log home, so that who copies the one file copies all of it. */
    async [Symbol.asyncDispose]() {
      if (db.open) db.pragma('wal_checkpoint(truncate)');
      await reading[Symbol.asyncDispose]();
    },
  };
}

function serviceTable(db: Database.Database) {
  const select = rows<[epoch: number, done: number, token: string | null, beatAt: number | null]>(
    db,
    'select epoch, done, token, beat_at from service where name = ?',
  );
  const put = db.prepare('insert or replace into service values (?, ?, ?, ?, ?)');
  const move = db.prepare('update service set done = ?, token = ? where name = ?');
  return {
    record(service: StageName): ServiceRecord {
      const [row] = select(service);
      if (row === undefined) return UNSTARTED;
      const [epoch, done, token, beatAt] = row;
      return { epoch, done: unpackPosition(done), token: token ?? undefined, beatAt: beatAt ?? undefined };
    },
    put(service: StageName, { epoch, done, token, beatAt }: ServiceRecord): void {
      put.run(service, epoch, packPosition(done), token ?? null, beatAt ?? null);
    },
    move({ service, to, token }: Commit): void {
      move.run(packPosition(to), token, service);
    },
  };
}

function keyTable(db: Database.Database) {
  const select = rows(db, 'select 1 from key where name = ?');
  const put = db.prepare('insert or replace into key values (?, ?)');
  const remove = db.prepare('delete from key where name = ?');
  return {
    has: (name: string): boolean => select(name).length > 0,
    write({ key, value }: KeyWrite): void {
      if (value === undefined) remove.run(key);
      else put.run(key, JSON.stringify(value));
    },
  };
}
