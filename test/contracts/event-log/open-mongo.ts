import { openMongoLog } from '../../../src/core/adapters/event-log/mongo.ts';
import { openMongoLogReader } from '../../../src/core/adapters/event-log/mongo-reader.ts';
import { copyAll, type OpenedLog } from './opened.ts';

let databases = 0;

/** A database of its own on a server that runs; each handle is a client. */
export async function openMongoForTest(serverUrl: string): Promise<OpenedLog> {
  databases += 1;
  const url = databaseUrl(serverUrl, `tradekit_test_${process.pid}_${databases}`);
  const opened: AsyncDisposable[] = [];
  let now = 1_436_154_300_000;

  function keep<Handle extends AsyncDisposable>(handle: Handle): Handle {
    opened.push(handle);
    return handle;
  }

  const open = () => keep(openMongoLog(url, { now: () => now++, findMs: 30_000 }));
  const log = open();
  return {
    log,
    fill: (events) => copyAll(log, events),
    another: async () => open(),
    reader: async () => keep(openMongoLogReader(url, { findMs: 30_000 })),
    async close() {
      for (const handle of opened) await handle[Symbol.asyncDispose]();
    },
  };
}

/** The same server, another database. */
function databaseUrl(url: string, database: string): string {
  return url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`);
}
