import { TradekitError } from '../../domain/error.ts';

export type RedisAddress = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  /** The URL without its password: what messages show. */
  readonly shown: string;
};

const DEFAULT_PORT = 6379;

/** @throws CONFIG where it cannot be read as `redis://user:password@host:port/database`, or `rediss://` for TLS */
export function parseRedisUrl(url: string): RedisAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const [, db] = /^\/?(\d{0,4})$/.exec(parsed?.pathname ?? '') ?? [];
  const isRedis = parsed?.protocol === 'redis:' || parsed?.protocol === 'rediss:';
  if (!isRedis || parsed.hostname === '' || db === undefined || parsed.search !== '' || parsed.hash !== '') {
    throw unreadable(url);
  }
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
    tls: parsed.protocol === 'rediss:',
    username: decoded(parsed.username, url),
    password: decoded(parsed.password, url),
    db: Number(db),
    shown: withoutPassword(url),
  };
}

function decoded(part: string, url: string): string | undefined {
  try {
    return part === '' ? undefined : decodeURIComponent(part);
  } catch {
    throw unreadable(url);
  }
}

function unreadable(url: string): TradekitError {
  return new TradekitError('CONFIG', `"${withoutPassword(url)}" is no address of a Redis.`, {
    hint: 'It reads redis://user:password@host:6379, or rediss:// with TLS; signs such as @ / # % in a password are written %40 %2F %23 %25.',
  });
}

/** Whatever stands between the user's name and the last @, so that a password with a sign in it does not slip through. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z]*:?\/\/)([^:@/]*):.*@/i, '$1$2:***@').replace(/[?#].*$/, '');
}
