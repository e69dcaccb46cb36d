import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore, openStoreReader } from '../../../../src/core/adapters/store/open.ts';
import { start } from '../../../contracts/store/opened.ts';
import { freshFolder } from '../../../tradekit.ts';

describe('openStore', () => {
  it('opens a store in memory', async () => {
    await using store = await openStore('memory:');
    expect(await start(store, 'screen')).toMatchObject({ epoch: 1 });
  });

  it('opens a store in a file, which others may read', async () => {
    const folder = freshFolder();
    const url = `sqlite:${join(folder.path, 'july run.db')}`;
    {
      await using store = await openStore(url, { synchronous: 'full' });
      await start(store, 'screen');
      await using reader = await openStoreReader(url);
      expect(await reader.run()).toEqual(await store.run());
    }
    folder.remove();
  });

  it.each(['', 'july.db', 'sqlite:', 'mysql://localhost', 'memory:x'])('knows no "%s"', async (url) => {
    const unknown = {
      code: 'CONFIG',
      message: `"${url}" names no store.`,
      hint: expect.stringContaining('sqlite:'),
    };
    await expect(openStore(url)).rejects.toMatchObject(unknown);
    await expect(openStoreReader(url)).rejects.toMatchObject(unknown);
  });

  it('cannot show a store in memory to others', async () => {
    await expect(openStoreReader('memory:')).rejects.toMatchObject({
      code: 'CONFIG',
      hint: expect.stringContaining('sqlite:'),
    });
  });
});
