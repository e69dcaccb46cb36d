import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../../src/core/adapters/store/sqlite.ts';
import { openSqliteReader } from '../../../../src/core/adapters/store/sqlite-reader.ts';
import { endOfInstant } from '../../../../src/core/domain/events/position.ts';
import { openSqlite } from '../../../contracts/store/open-sqlite.ts';
import { doneOf, instant, placesIn, RUN, start } from '../../../contracts/store/opened.ts';
import { storeContract } from '../../../contracts/store.contract.ts';
import { freshFolder } from '../../../tradekit.ts';

storeContract('the SQLite store', openSqlite);

describe('a store in a file', () => {
  let folder = freshFolder();
  let path = '';
  beforeEach(() => {
    folder = freshFolder();
    path = join(folder.path, 'runs', 'july.db');
  });
  afterEach(() => folder.remove());

  it('is there again when it is opened again, whatever waits for the disk', async () => {
    for (const [synchronous, n] of [
      ['full', 1],
      ['normal', 2],
    ] as const) {
      await using store = openSqliteStore(path, { synchronous });
      const { epoch } = await start(store, 'screen', true);
      expect(epoch).toBe(n);
      const writes = [{ key: 'POS:SBIN', value: { qty: `${n}` } }] as const;
      expect(await store.commit(instant(n, { epoch, writes }))).toBe('ok');
    }
    await using reader = openSqliteReader(path);
    expect(await reader.run()).toEqual(RUN);
    expect(await placesIn(reader)).toEqual(['1.0.0', '2.0.0']);
    expect(await reader.key('POS:SBIN')).toEqual({ qty: '2' });
    expect(await doneOf(reader)).toEqual(endOfInstant(2));
  });

  it('knows a resend across a crash: the token is in the file', async () => {
    const commit = instant(1);
    {
      await using store = openSqliteStore(path);
      await start(store, 'screen');
      await store.commit(commit);
    }
    await using again = openSqliteStore(path);
    expect(await again.commit(commit)).toBe('already');
  });

  it('is not made by one who only reads', () => {
    expect(() => openSqliteReader(path)).toThrow(
      expect.objectContaining({ code: 'CONFIG', message: `There is no store at "${path}".` }),
    );
    expect(existsSync(path)).toBe(false);
  });

  it('is left alone by its readers: no read stays open, so the log of the writer can be cut', async () => {
    await using store = openSqliteStore(path);
    await start(store, 'screen');
    await using reader = openSqliteReader(path);
    for (let n = 1; n <= 50; n += 1) {
      await store.commit(instant(n));
      await reader.run();
      await reader.key('TG:KILL');
      await reader.read({ after: endOfInstant(n - 1), upTo: await doneOf(reader), max: 1 });
    }
    const db = new Database(path);
    const [row] = db.prepare('pragma wal_checkpoint(truncate)').raw(true).all();
    db.close();
    expect(row, 'busy, pages in the log, pages moved').toEqual([0, 0, 0]);
    expect(statSync(`${path}-wal`).size).toBe(0);
  });

  it('refuses a database of something else, and leaves it as it is', () => {
    path = join(folder.path, 'notes.db');
    const db = new Database(path);
    db.exec('create table note (text)');
    db.close();
    const before = readFileSync(path);
    for (const open of [openSqliteStore, openSqliteReader]) {
      expect(() => open(path)).toThrow(
        expect.objectContaining({
          code: 'CONFIG',
          message: `The file "${path}" is not a store of tradekit.`,
        }),
      );
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses a file that is no database, and leaves it as it is', () => {
    path = join(folder.path, 'candles.csv');
    const text = 'symbol,open,high,low,close\n'.repeat(100);
    writeFileSync(path, text);
    for (const open of [openSqliteStore, openSqliteReader]) {
      expect(() => open(path)).toThrow(expect.objectContaining({ code: 'DATA', hint: expect.any(String) }));
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('refuses a file of a later tradekit', async () => {
    await openSqliteStore(path)[Symbol.asyncDispose]();
    const db = new Database(path);
    db.pragma('user_version = 3');
    db.close();
    expect(() => openSqliteStore(path)).toThrow(/has the form 3; this tradekit knows 2/);
  });

  it('says where it could not be opened', () => {
    expect(() => openSqliteStore(folder.path)).toThrow(
      expect.objectContaining({ code: 'CONNECTION', message: expect.stringContaining(folder.path) }),
    );
  });

  it('is whole in its one file after a clean end', async () => {
    const store = openSqliteStore(path);
    await start(store, 'screen');
    await store.commit(instant(1));
    await store[Symbol.asyncDispose]();
    copyFileSync(path, `${path}.copy`);
    await using copy = openSqliteReader(`${path}.copy`);
    expect(await placesIn(copy)).toEqual(['1.0.0']);
  });
});
