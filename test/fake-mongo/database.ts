import { BSON } from 'mongodb';
import type { Command } from './wire.ts';

/** What the fake keeps, and the few commands that an event log uses. */

export type Stored = Readonly<Record<string, unknown>>;
export type Collections = Map<string, Map<unknown, Stored>>;

export interface FakeDatabase {
  run(name: string, command: Command): Command;
  /** Inserts the first so many of an insert's documents. */
  insertSome(command: Command, count: number): void;
  collections: Collections;
}

const OK = { ok: 1 };
const DUPLICATE_KEY = 11000;

export function createFakeDatabase(): FakeDatabase {
  const cursors = new Map<string, Stored[]>();
  let cursor = 1;

  function collection({ $db }: Command, name: unknown): Map<unknown, Stored> {
    const key = `${$db}.${name}`;
    const held = database.collections.get(key) ?? new Map<unknown, Stored>();
    database.collections.set(key, held);
    return held;
  }

  function insert(command: Command, documents: readonly Stored[]): Command {
    const held = collection(command, command['insert']);
    const writeErrors: Command[] = [];
    for (const [index, document] of documents.entries()) {
      const { _id } = document;
      if (held.has(_id))
        writeErrors.push({ index, code: DUPLICATE_KEY, errmsg: `E11000 duplicate key: ${_id}` });
      else held.set(_id, document);
    }
    return {
      n: documents.length - writeErrors.length,
      ...(writeErrors.length > 0 ? { writeErrors } : {}),
      ...OK,
    };
  }

  function update(command: Command): Command {
    const held = collection(command, command['update']);
    let n = 0;
    for (const { q, u } of listOf(command['updates'])) {
      const found = [...held.values()].find((document) => fits(document, q as Stored));
      if (found === undefined) continue;
      n += 1;
      held.set(found['_id'], { ...found, ...((u as Stored)['$set'] as Stored) });
    }
    return { n, nModified: n, ...OK };
  }

  function find(command: Command): Command {
    const { find: name, filter = {}, sort = {}, limit = 0, batchSize = 101, $db } = command;
    const found = [...collection(command, name).values()].filter((document) =>
      fits(document, filter as Stored),
    );
    const [key, direction] = Object.entries(sort as Stored)[0] ?? [];
    if (key !== undefined) found.sort((a, b) => (Number(a[key]) - Number(b[key])) * Number(direction));
    const limited = Number(limit) > 0 ? found.slice(0, Number(limit)) : found;
    return page(limited, Number(batchSize), `${$db}.${name}`, 'firstBatch');
  }

  function page(documents: readonly Stored[], size: number, ns: string, batch: string): Command {
    const rest = documents.slice(size);
    const id = rest.length === 0 ? 0 : cursor++;
    if (rest.length > 0) cursors.set(`${id}`, rest);
    return { cursor: { id: BSON.Long.fromNumber(id), ns, [batch]: documents.slice(0, size) }, ...OK };
  }

  const commands: Readonly<Record<string, (command: Command) => Command>> = {
    insert: (command) => insert(command, listOf(command['documents'])),
    update,
    find,
    getMore: ({ getMore, collection: name, batchSize = 1000, $db }) =>
      page(cursors.get(String(getMore)) ?? [], Number(batchSize), `${$db}.${name}`, 'nextBatch'),
    killCursors: () => OK,
    createIndexes: () => OK,
    endSessions: () => OK,
    ping: () => OK,
  };

  const database: FakeDatabase = {
    collections: new Map(),
    run: (name, command) =>
      commands[name]?.(command) ?? {
        ok: 0,
        code: 59,
        codeName: 'CommandNotFound',
        errmsg: `no such command: ${name}`,
      },
    insertSome: (command, count) => void insert(command, listOf(command['documents']).slice(0, count)),
  };
  return database;
}

function listOf(value: unknown): readonly Stored[] {
  return Array.isArray(value) ? value : [];
}

function fits(document: Stored, filter: Stored): boolean {
  return Object.entries(filter).every(([key, wanted]) =>
    key === '$or' ? listOf(wanted).some((one) => fits(document, one)) : fitsField(document[key], wanted),
  );
}

function fitsField(value: unknown, wanted: unknown): boolean {
  if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value);
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  return Object.entries(wanted).every(([operator, bound]) => {
    if (operator === '$gt') return Number(value) > bound;
    if (operator === '$gte') return Number(value) >= bound;
    if (operator === '$lte') return Number(value) <= bound;
    throw new Error(`The fake knows no ${operator}.`);
  });
}
