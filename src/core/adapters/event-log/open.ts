import { TradekitError } from '../../domain/error.ts';
import { redactUrl } from '../../domain/redact-url.ts';
import type { EventLog, EventLogReader } from '../../ports/event-log.ts';
import { openStoreReader } from '../store/open.ts';
import { eventLogOfStore } from './of-store.ts';

/**
 * Opens the event log that a URL names, to write: `mongodb://…` or `sqlite:path/of/the.file`. Its adapter is imported
 * only now.
 *
 * @throws CONFIG where the URL names no event log, CONNECTION where a file cannot be opened
 */
export async function openEventLog(url: string): Promise<EventLog> {
  const { kind, path } = parseLogUrl(url);
  if (kind === 'mongodb') return (await import('./mongo.ts')).openMongoLog(url);
  if (kind === 'sqlite') return (await import('./sqlite.ts')).openSqliteLog(path);
  throw new TradekitError('CONFIG', `"${redactUrl(url)}" is a store, not an event log to write to.`, {
    hint: 'Name another place: mongodb://HOST/DATABASE, or sqlite:FILE',
  });
}

/** Opens an event log for one who only looks; a store that holds a run is one too. */
export async function openEventLogReader(url: string): Promise<EventLogReader> {
  const { kind, path } = parseLogUrl(url);
  if (kind === 'mongodb') return (await import('./mongo-reader.ts')).openMongoLogReader(url);
  if (kind === 'sqlite' && (await isEventLog(path)))
    return (await import('./sqlite-reader.ts')).openSqliteLogReader(path);
  return eventLogOfStore(await openStoreReader(url));
}

async function isEventLog(path: string): Promise<boolean> {
  const { isOfForm } = await import('../store/sqlite-file.ts');
  const { EVENT_LOG_FORM } = await import('./sqlite-form.ts');
  return isOfForm(path, EVENT_LOG_FORM);
}

type LogUrl = { readonly kind: 'mongodb' | 'sqlite' | 'redis'; readonly path: string };

function parseLogUrl(url: string): LogUrl {
  const [, scheme = '', path = ''] = /^(mongodb|mongodb\+srv|sqlite|rediss?):(.+)$/s.exec(url) ?? [];
  if (scheme === 'sqlite') return { kind: 'sqlite', path };
  if (scheme !== '') return { kind: scheme.startsWith('mongodb') ? 'mongodb' : 'redis', path };
  throw new TradekitError('CONFIG', `"${redactUrl(url)}" names no event log.`, {
    hint: 'Known are mongodb://HOST/DATABASE, sqlite:FILE and, to read a run as it goes, redis://HOST',
  });
}
