import { TradekitError } from '../../domain/error.ts';

type Meaning = {
  /** How the server's or the system's own words begin. */
  readonly said: RegExp;
  readonly code: 'CONFIG' | 'CONNECTION';
  readonly message: (address: string, said: string) => string;
  readonly hint: string;
};

/** What Redis, the network and TLS say, by what one can do about it. The first that fits. */
const MEANINGS: readonly Meaning[] = [
  {
    said: /^WRONGPASS|invalid (username-)?password/i,
    code: 'CONFIG',
    message: (address) => `Redis at ${address} does not take this user or password.`,
    hint: 'Check the user and the password in the URL: redis://user:password@host:6379',
  },
  {
    said: /^NOAUTH/,
    code: 'CONFIG',
    message: (address) => `Redis at ${address} wants a password.`,
    hint: 'Put user and password into the URL: redis://user:password@host:6379',
  },
  {
    said: /NOPERM|can't run this command|can't access at least one/,
    code: 'CONFIG',
    message: (address, said) => `The user of Redis at ${address} may not do this: ${said}.`,
    hint: 'Compare its rights with examples/redis/users.acl.',
  },
  {
    said: /unknown command|This instance has cluster support disabled/i,
    code: 'CONFIG',
    message: (address) => `Redis at ${address} is too old: tradekit needs Redis 7.0 or newer.`,
    hint: 'See its version with: redis-cli INFO server',
  },
  {
    said: /^(MOVED|CLUSTERDOWN|CROSSSLOT)/,
    code: 'CONFIG',
    message: (address) => `Redis at ${address} is a cluster.`,
    hint: 'A run lives in one Redis: name a single server.',
  },
  {
    said: /DB index is out of range/,
    code: 'CONFIG',
    message: (address) => `There is no such database in the Redis at ${address}.`,
    hint: 'Leave the number at the end of the URL away, or name one below 16.',
  },
  {
    said: /^(LOADING|BUSY|MASTERDOWN|NOREPLICAS)/,
    code: 'CONNECTION',
    message: (address, said) => `Redis at ${address} is not ready: ${said}.`,
    hint: 'It may be reading its file after a start: try again in a moment.',
  },
  {
    said: /^OOM/,
    code: 'CONNECTION',
    message: (address) => `Redis at ${address} has no memory left and takes no writes.`,
    hint: 'Give it more maxmemory, or start a new run in another Redis. Nothing was half written.',
  },
  {
    said: /^MISCONF/,
    code: 'CONNECTION',
    message: (address) => `Redis at ${address} cannot write to its disk and takes no writes.`,
    hint: 'Is the disk full? Its log file tells.',
  },
  {
    said: /^READONLY/,
    code: 'CONNECTION',
    message: (address) => `Redis at ${address} is a read-only copy of another one.`,
    hint: 'Name the one that is written to.',
  },
  {
    said: /max number of clients/,
    code: 'CONNECTION',
    message: (address) => `Redis at ${address} takes no more connections.`,
    hint: 'Close some, or raise its maxclients.',
  },
  {
    said: /altname|not in the cert/i,
    code: 'CONFIG',
    message: (address) => `The certificate of Redis at ${address} bears another name.`,
    hint: 'Use the host name that stands in its certificate.',
  },
  {
    said: /certificate required|alert bad certificate/i,
    code: 'CONFIG',
    message: (address) => `Redis at ${address} wants a certificate of its clients; tradekit shows none.`,
    hint: 'Set "tls-auth-clients no" in its redis.conf, and let a password tell who comes.',
  },
  {
    said: /certificate|self.signed/i,
    code: 'CONFIG',
    message: (address, said) => `The certificate of Redis at ${address} is not trusted: ${said}.`,
    hint: 'Name the file of the authority that signed it: TRADEKIT_REDIS_CA=ca.pem',
  },
  {
    said: /SSL|TLS|EPROTO|protocol error|RESP|Protocol error/i,
    code: 'CONFIG',
    message: (address, said) => `${address} does not speak as a Redis does: ${said}.`,
    hint: 'rediss:// is for TLS, redis:// without: does the URL fit the server?',
  },
  {
    said: /ENOTFOUND|EAI_AGAIN/,
    code: 'CONNECTION',
    message: (address) => `There is no host of that name: ${address}.`,
    hint: 'Check the host in the URL.',
  },
];

/**
 * A failure as a sentence of ours. The cause is a copy: ioredis hangs the command onto its errors, and the command may bear
 * the password.
 *
 * @param shown the URL without its password
 */
export function redisError(shown: string, error: unknown): TradekitError {
  if (error instanceof TradekitError) return error;
  const said = wordsOf(error);
  const address = `"${shown}"`;
  const cause = copyOf(error, said);
  const meaning = MEANINGS.find((one) => one.said.test(said));
  if (meaning !== undefined) {
    return new TradekitError(meaning.code, meaning.message(address, withoutDot(said)), {
      hint: meaning.hint,
      cause,
    });
  }
  if (error instanceof Error && error.name === 'ReplyError') {
    return new TradekitError('BUG', `Redis at ${address} does not take this: ${withoutDot(said)}.`, {
      cause,
    });
  }
  return new TradekitError('CONNECTION', `Redis did not answer at ${address}: ${inOurWords(said)}.`, {
    hint: 'Is it running there? Try: redis-cli ping. With TLS the URL begins with rediss://, without it with redis://.',
    cause,
  });
}

/** A host with several addresses fails with several errors under one that says nothing. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

function copyOf(error: unknown, said: string): Error {
  const copy = new Error(said);
  if (error instanceof Error) copy.name = error.name;
  return copy;
}

function withoutDot(said: string): string {
  return said.trim().replace(/(\. Please report this)?\.$/, '');
}

/** What ioredis says of a lost connection names its options, which are not the user's. */
function inOurWords(said: string): string {
  if (/timed out|Socket timeout|ETIMEDOUT/.test(said)) return 'no reply in time';
  if (/max retries per request|Connection is closed|Stream isn't writeable/.test(said))
    return 'the connection is lost';
  return withoutDot(said);
}
