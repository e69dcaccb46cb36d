import { afterAll, beforeAll, describe } from 'vitest';
import { openRedis } from '../../../contracts/store/open-redis.ts';
import { storeContract } from '../../../contracts/store.contract.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';

describe.skipIf(!HAS_REDIS)('a store in Redis (needs redis-server)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  storeContract('the Redis store', () => openRedis(server));
});
