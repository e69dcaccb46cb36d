import { join } from 'node:path';
import { openSqliteLog } from '../../../src/core/adapters/event-log/sqlite.ts';
import { openSqliteLogReader } from '../../../src/core/adapters/event-log/sqlite-reader.ts';
import type { EventLog } from '../../../src/core/ports/event-log.ts';
import { freshFolder } from '../../tradekit.ts';
import { copyAll, type OpenedLog } from './opened.ts';

/** An event log in a file of its own; each handle is a connection. `change` makes a broken one of it. */
export async function openSqliteForTest(
  change: (log: EventLog) => EventLog = (log) => log,
): Promise<OpenedLog> {
  const folder = freshFolder();
  const path = join(folder.path, 'log.db');
  const opened: AsyncDisposable[] = [];
  let now = 1_436_154_300_000;

  function open(): EventLog {
    const log = openSqliteLog(path, { now: () => now++ });
    opened.push(log);
    return log;
  }

  const log = change(open());
  return {
    log,
    fill: (events) => copyAll(log, events),
    another: async () => change(open()),
    async reader() {
      const reader = openSqliteLogReader(path);
      opened.push(reader);
      return change({ ...log, ...reader });
    },
    async close() {
      for (const handle of opened) await handle[Symbol.asyncDispose]();
      folder.remove();
    },
  };
}
