import { TradekitError } from '../../core/domain/error.ts';
import { defined } from '../defined.ts';
import type { RedisFlags } from '../flags.ts';

export async function initRedisFunctions(flags: RedisFlags): Promise<void> {
  const url = flags.redis ?? process.env['TRADEKIT_REDIS'];
  if (url === undefined) {
    throw new TradekitError('CONFIG', 'No Redis is named.', {
      hint: 'Name it: tradekit redis init --redis redis://ops:password@host:6379',
    });
  }
  const { initRedis } = await import('../../core/adapters/store/redis-functions.ts');
  const redisCa = flags.redisCa ?? process.env['TRADEKIT_REDIS_CA'];
  const { shown, library, isNew } = await initRedis(url, defined({ redisCa }));
  const done = isNew ? 'Loaded the functions' : 'There already were the functions';
  process.stdout.write(`${done} ${library} in the Redis at "${shown}".\n`);
}
