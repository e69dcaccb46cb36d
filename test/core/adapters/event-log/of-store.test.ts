import { join } from 'node:path';
import { openEventLogReader } from '../../../../src/core/adapters/event-log/open.ts';
import { openSqliteStore } from '../../../../src/core/adapters/store/sqlite.ts';
import type { OpenedReader } from '../../../contracts/event-log/opened.ts';
import { eventLogReaderContract } from '../../../contracts/event-log.contract.ts';
import { openStoreWriter } from '../../../recorded-run.ts';
import { freshFolder } from '../../../tradekit.ts';

eventLogReaderContract('the file of an embedded store', async (): Promise<OpenedReader> => {
  const folder = freshFolder();
  const path = join(folder.path, 'run.db');
  const store = openSqliteStore(path);
  const opened: AsyncDisposable[] = [store];
  return {
    async fill(events) {
      await (await openStoreWriter(store, events)).write();
    },
    async reader() {
      const reader = await openEventLogReader(`sqlite:${path}`);
      opened.push(reader);
      return reader;
    },
    async close() {
      for (const handle of opened) await handle[Symbol.asyncDispose]();
      folder.remove();
    },
  };
});
