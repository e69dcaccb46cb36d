import type { Command } from 'commander';
import type { RedisFlags } from './flags.ts';

/** What an administrator does once; the services themselves may not. */
export function declareRedis(command: Command): void {
  command
    .command('init')
    .description(
      'Load the functions that the services call, as a user who may: once for each version of tradekit',
    )
    .option('--redis <url>', 'redis://user:password@host:6379, or rediss:// with TLS (or TRADEKIT_REDIS)')
    .option('--redis-ca <file>', 'authority that signed its certificate (or TRADEKIT_REDIS_CA)')
    .action(async (flags: RedisFlags) => {
      const { initRedisFunctions } = await import('./compose.ts');
      await initRedisFunctions(flags);
    });
}
