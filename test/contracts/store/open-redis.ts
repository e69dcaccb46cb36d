import { openRedisStore } from '../../../src/core/adapters/store/redis.ts';
import type { RedisLibrary } from '../../../src/core/adapters/store/redis-library.ts';
import { openRedisReader } from '../../../src/core/adapters/store/redis-reader.ts';
import { STAGE_NAMES } from '../../../src/core/domain/events/channels.ts';
import type { StoreReader } from '../../../src/core/ports/store.ts';
import type { RedisServer } from '../../redis-server.ts';
import type { OpenedStore } from './opened.ts';

/** The emptied server for the contract; each handle has connections of its own, as another process would. */
export async function openRedis(server: RedisServer, library?: RedisLibrary): Promise<OpenedStore> {
  const { admin, url } = server;
  await admin.flushall();
  const opened: StoreReader[] = [];

  function keep<Handle extends StoreReader>(handle: Handle): Handle {
    opened.push(handle);
    return handle;
  }

  const open = async () => keep(await openRedisStore(url, {}, library));
  return {
    store: await open(),
    another: open,
    reader: async () => keep(await openRedisReader(url)),
    /** The server's clock is nobody's to change, so the heartbeats grow old. */
    async pass(ms) {
      for (const name of STAGE_NAMES) {
        const key = `tk:service:${name}`;
        if ((await admin.hexists(key, 'beat')) === 1) await admin.hincrby(key, 'beat', -ms);
      }
    },
    async close() {
      for (const handle of opened) await handle[Symbol.asyncDispose]();
    },
  };
}
