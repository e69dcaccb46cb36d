import type { StoreOptions } from '../../core/adapters/store/open.ts';
import { withoutPassword } from '../../core/adapters/store/redis-url.ts';
import type { Settings } from '../../core/config/settings.ts';
import { TradekitError } from '../../core/domain/error.ts';
import { defined } from '../defined.ts';

/** The Redis that was chosen, and as it may be shown. */
export function redisOf({ services: { redis } }: Settings): { readonly url: string; readonly shown: string } {
  if (redis !== undefined) return { url: redis, shown: withoutPassword(redis) };
  throw new TradekitError('CONFIG', 'A service needs the Redis that it shares with the others.', {
    hint: 'Name it: --redis redis://localhost:6379. Without Redis, tradekit run-all does everything in one process.',
  });
}

/** What opens it. */
export function storeOptionsOf({ services: { redisCa } }: Settings): StoreOptions {
  return defined({ redisCa });
}
