import { TradekitError } from '../../domain/error.ts';
import type { Store, StoreReader } from '../../ports/store.ts';
import type { TickPublisher } from '../../ports/tick-publisher.ts';
import type { RedisStoreOptions } from './redis-reader.ts';
import { withoutPassword } from './redis-url.ts';
import type { SqliteStoreOptions } from './sqlite.ts';

/** What may be said of a store besides its URL; each kind takes what concerns it. */
export type StoreOptions = SqliteStoreOptions & RedisStoreOptions;

/** One that other processes watch also shows ticks. */
export type OpenStore = Store & Partial<TickPublisher>;

/**
 * Opens the store that a URL names, to write: `memory:`, `sqlite:path/of/the.file`, `redis://host` or `rediss://host`. Its
 * adapter is imported only now.
 *
 * @throws CONFIG where the URL names no store, CONNECTION where it cannot be reached
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<OpenStore> {
  const { kind, path } = parseStoreUrl(url);
  if (kind === 'memory') return (await import('./memory.ts')).createMemoryStore(options);
  if (kind === 'redis') return (await import('./redis.ts')).openRedisStore(url, options);
  return (await import('./sqlite.ts')).openSqliteStore(path, options);
}

/** Opens an existing store for one who only looks. */
export async function openStoreReader(url: string, options: StoreOptions = {}): Promise<StoreReader> {
  const { kind, path } = parseStoreUrl(url);
  if (kind === 'redis') return (await import('./redis-reader.ts')).openRedisReader(url, options);
  if (kind === 'sqlite') return (await import('./sqlite-reader.ts')).openSqliteReader(path);
  throw new TradekitError('CONFIG', `The store "${url}" is seen only by the process that made it.`, {
    hint: 'Name a store that others can read, such as sqlite:.tradekit/run.db.',
  });
}

type StoreUrl = { readonly kind: 'memory' | 'sqlite' | 'redis'; readonly path: string };

function parseStoreUrl(url: string): StoreUrl {
  if (url === 'memory:') return { kind: 'memory', path: '' };
  if (/^rediss?:\/\//.test(url)) return { kind: 'redis', path: '' };
  const [, path = ''] = /^sqlite:(.+)$/.exec(url) ?? [];
  if (path !== '') return { kind: 'sqlite', path };
  throw new TradekitError('CONFIG', `"${withoutPassword(url)}" names no store.`, {
    hint: 'Known stores: memory:, sqlite:path/of/the.file, redis://host:6379, rediss://host:6379',
  });
}
