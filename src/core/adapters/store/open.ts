import { TradekitError } from '../../domain/error.ts';
import type { Store, StoreReader } from '../../ports/store.ts';
import type { SqliteStoreOptions } from './sqlite.ts';

/** What may be said of a store besides its URL; each kind takes what concerns it. */
export type StoreOptions = SqliteStoreOptions;

/**
 * Opens the store that a URL names, to write: `memory:` or `sqlite:path/of/the.file`. Its adapter is imported only now.
 *
 * @throws CONFIG where the URL names no store, CONNECTION where it cannot be reached
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const { kind, path } = parseStoreUrl(url);
  if (kind === 'memory') return (await import('./memory.ts')).createMemoryStore(options);
  return (await import('./sqlite.ts')).openSqliteStore(path, options);
}

/** Opens an existing store for one who only looks. */
export async function openStoreReader(url: string): Promise<StoreReader> {
  const { kind, path } = parseStoreUrl(url);
  if (kind === 'sqlite') return (await import('./sqlite-reader.ts')).openSqliteReader(path);
  throw new TradekitError('CONFIG', `The store "${url}" is seen only by the process that made it.`, {
    hint: 'Name a store that others can read, such as sqlite:.tradekit/run.db.',
  });
}

type StoreUrl = { readonly kind: 'memory' | 'sqlite'; readonly path: string };

function parseStoreUrl(url: string): StoreUrl {
  if (url === 'memory:') return { kind: 'memory', path: '' };
  const [, path = ''] = /^sqlite:(.+)$/.exec(url) ?? [];
  if (path !== '') return { kind: 'sqlite', path };
  throw new TradekitError('CONFIG', `"${url}" names no store.`, {
    hint: 'Known stores: memory:, sqlite:path/of/the.file',
  });
}
