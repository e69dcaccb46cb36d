import { join } from 'node:path';
import { openSqliteStore } from '../../../src/core/adapters/store/sqlite.ts';
import { openSqliteReader } from '../../../src/core/adapters/store/sqlite-reader.ts';
import type { StoreReader } from '../../../src/core/ports/store.ts';
import { freshFolder } from '../../tradekit.ts';
import type { OpenedStore } from './opened.ts';

/** A store in a file of its own for the contract; each handle is a connection, as another process would have one. */
export async function openSqlite(): Promise<OpenedStore> {
  const folder = freshFolder();
  const path = join(folder.path, 'run.db');
  let now = 1_436_154_300_000;
  const opened: StoreReader[] = [];

  function keep<Handle extends StoreReader>(handle: Handle): Handle {
    opened.push(handle);
    return handle;
  }

  const open = () => keep(openSqliteStore(path, { now: () => now }));
  return {
    store: open(),
    another: async () => open(),
    reader: async () => keep(openSqliteReader(path, { now: () => now })),
    pass: async (ms) => {
      now += ms;
    },
    async close() {
      for (const handle of opened) await handle[Symbol.asyncDispose]();
      folder.remove();
    },
  };
}
