import type Database from 'libsql';
import type { Channel } from '../../domain/events/channels.ts';
import { BEFORE_ALL, packPosition, unpackPosition } from '../../domain/events/position.ts';
import type { EventLogReader, LoggedRun, LogQuery } from '../../ports/event-log.ts';
import type { StoredEvent } from '../../ports/store.ts';
import { attempt, openToRead, type SqliteFile } from '../store/sqlite-file.ts';
import { rows } from '../store/sqlite-rows.ts';
import { EVENT_LOG_FORM } from './sqlite-form.ts';
import { watchMark } from './watch-mark.ts';

const PAGE = 1000;
/** A mark moved by another process is seen this much later at most. */
const POLL_MS = 100;

/** Reads a log that another process may be writing; every statement is short. */
export function openSqliteLogReader(path: string): EventLogReader {
  return logReaderOf(openToRead(path, EVENT_LOG_FORM));
}

/** The reading half. */
export function logReaderOf(file: SqliteFile): EventLogReader {
  const { db } = file;
  const closing = new AbortController();
  const selectRuns = runsQuery(db);

  function runs(): Promise<readonly LoggedRun[]> {
    return attempt(file, selectRuns);
  }

  async function mark(run: string) {
    return (await runs()).find(({ id }) => id === run)?.mark;
  }

  async function* read(query: LogQuery): AsyncGenerator<StoredEvent, void, void> {
    const upTo = query.upTo ?? (await mark(query.run)) ?? BEFORE_ALL;
    const select = await attempt(file, () => eventQuery(db, { ...query, upTo }));
    if (query.last !== undefined) {
      const from: Place = [packPosition(query.after ?? BEFORE_ALL), LAST_ID];
      const newest = await attempt(file, () => select(from, query.last ?? PAGE));
      yield* newest.toReversed().map(eventOf);
      return;
    }
    let after: Place = [packPosition(query.after ?? BEFORE_ALL), LAST_ID];
    for (;;) {
      const from = after;
      const page = await attempt(file, () => select(from, PAGE));
      yield* page.map(eventOf);
      const end = page.at(-1);
      if (end === undefined || page.length < PAGE) return;
      after = [end[0], end[1]];
    }
  }

  return {
    runs,
    read,
    watch: (run, signal) =>
      watchMark({
        read: () => mark(run),
        pollMs: POLL_MS,
        signal: AbortSignal.any([signal, closing.signal]),
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      if (db.open) db.close();
    },
  };
}

function runsQuery(db: Database.Database): () => readonly LoggedRun[] {
  const select = rows<[id: string, configHash: string, feed: string, mark: number, movedAt: number]>(
    db,
    'select id, config_hash, feed, mark, moved_at from run order by moved_at, key',
  );
  return () =>
    select().map(([id, configHash, feed, mark, movedAt]) => ({
      id,
      configHash,
      feed,
      mark: unpackPosition(mark),
      movedAt,
    }));
}

/** A run that was put back and went on otherwise may have two events in one position. */
type Place = readonly [position: number, id: string];
/** Behind every id. */
const LAST_ID = '\u{10ffff}';

type EventRow = [position: number, id: string, channel: Channel, line: string, recordedAt: number];
type Select = (after: Place, max: number) => readonly EventRow[];

function eventOf([position, , channel, line, recordedAt]: EventRow): StoredEvent {
  return { position: unpackPosition(position), channel, line, recordedAt };
}

/** The query as a statement: pages upwards, or the newest first where the last ones are asked for. */
function eventQuery(db: Database.Database, query: LogQuery & Required<Pick<LogQuery, 'upTo'>>): Select {
  const { clauses, values } = conditionsOf(query);
  const way = query.last === undefined ? 'asc' : 'desc';
  const select = rows<EventRow>(
    db,
    `select position, id, channel, line, recorded_at from event
     where run = (select key from run where id = ?) and (position, id) > (?, ?) and position <= ? ${clauses}
     order by position ${way}, id ${way} limit ?`,
  );
  return ([position, id], max) => select(query.run, position, id, packPosition(query.upTo), ...values, max);
}

function conditionsOf({ channels, symbol, strategy, correlationId, fromAt, toAt }: LogQuery) {
  const asked: readonly (readonly [clause: string, value: unknown])[] = [
    ['and symbol = ?', symbol],
    ['and strategy = ?', strategy],
    ['and correlation_id = ?', correlationId],
    ['and at >= ?', fromAt],
    ['and at <= ?', toAt],
  ];
  const given = asked.filter(([, value]) => value !== undefined);
  const list = channels?.map((name) => `'${name}'`).join(', '); // names of ours
  // Said where it holds, so that the index of what is no candle serves.
  const skipsCandles =
    channels !== undefined && !channels.includes('MARKET.CANDLE') ? `and channel <> 'MARKET.CANDLE'` : '';
  return {
    clauses: `${given.map(([clause]) => clause).join(' ')} ${list === undefined ? '' : `and channel in (${list})`} ${skipsCandles}`,
    values: given.map(([, value]) => value),
  };
}
