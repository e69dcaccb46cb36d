import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inTransaction, openToRead, openToWrite } from '../../../../src/core/adapters/store/sqlite-file.ts';
import { freshFolder } from '../../../tradekit.ts';

describe('the file of a store', () => {
  const folder = freshFolder();
  afterAll(folder.remove);
  const { db } = openToWrite(join(folder.path, 'run.db'), 'full');
  const count = () => db.prepare('select count(*) from key').raw(true).all();

  it('keeps nothing of a transaction that throws half way', () => {
    const put = db.prepare('insert into key values (?, ?)');
    const half = () =>
      inTransaction(db, () => {
        put.run('POS:A', '"1"');
        put.run('POS:A', '"2"');
      });
    expect(half).toThrow(/UNIQUE/);
    expect(db.inTransaction).toBe(false);
    expect(count()).toEqual([[0]]);
    expect(inTransaction(db, () => put.run('POS:A', '"3"').changes)).toBe(1);
    expect(count()).toEqual([[1]]);
  });

  it('waits for the disk as it was asked to', () => {
    const setting = (file: typeof db) => file.prepare('pragma synchronous').raw(true).all();
    expect(setting(db)).toEqual([[2]]); // FULL
    const second = openToWrite(join(folder.path, 'run.db'), 'normal');
    expect(setting(second.db)).toEqual([[1]]); // NORMAL
    second.db.close();
  });

  it('takes no write from a reader', () => {
    const reader = openToRead(join(folder.path, 'run.db'));
    expect(() => reader.db.exec('delete from key')).toThrow(/readonly/);
    reader.db.close();
  });
});
