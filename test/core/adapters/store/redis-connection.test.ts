import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, openStoreReader } from '../../../../src/core/adapters/store/open.ts';
import { openRedisStore } from '../../../../src/core/adapters/store/redis.ts';
import { connectRedis } from '../../../../src/core/adapters/store/redis-connection.ts';
import { redisError } from '../../../../src/core/adapters/store/redis-error.ts';
import { openRedisReader } from '../../../../src/core/adapters/store/redis-reader.ts';
import { TradekitError } from '../../../../src/core/domain/error.ts';
import { type Certificates, HAS_OPENSSL, makeCertificates } from '../../../certificates.ts';
import { start } from '../../../contracts/store/opened.ts';
import { startFakeRedis } from '../../../fake-redis.ts';
import { freePort, HAS_REDIS, type RedisServer, startRedis } from '../../../redis-server.ts';
import { freshFolder } from '../../../tradekit.ts';

const SECRET = 's3cr3t-p@ss#%/word';
const ENCODED = encodeURIComponent(SECRET);

/** The failure to open, of which no part may show the password. */
async function failureOf(url: string, options = {}): Promise<TradekitError> {
  const opening = [openRedisStore, openRedisReader].map(async (open) => {
    const store = await open(url, options);
    await store[Symbol.asyncDispose]();
  });
  const [first, second] = await Promise.all(opening.map((one) => one.catch((error: unknown) => error)));
  for (const error of [first, second]) {
    const shown = inspect(error, { depth: 20, showHidden: true });
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(ENCODED);
  }
  expect(second).toMatchObject({ message: (first as Error).message });
  if (!(first instanceof TradekitError)) throw first;
  return first;
}

describe('the address of a Redis', () => {
  it.each([
    ['redis://', 'redis://'],
    ['redis:///0', 'redis:///0'],
    ['redis://host/two', 'redis://host/two'],
    ['redis://host:99999', 'redis://host:99999'],
    ['redis://host?password=x', 'redis://host'],
    [`redis://risk:${SECRET}@host`, 'redis://risk:***@host'],
    ['redis://risk:%zz@host', 'redis://risk:***@host'],
  ])('%s is none', async (url, shown) => {
    for (const open of [openStore, openStoreReader]) {
      const failure = await open(url).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'CONFIG',
        message: `"${shown}" is no address of a Redis.`,
        hint: expect.stringContaining('redis://user:password@'),
      });
      expect(inspect(failure, { depth: 20 })).not.toMatch(/s3cr3t|ss#|\/word|=x|zz/);
    }
  });

  it('shows no password either where the kind of store is misspelt', async () => {
    await expect(openStore(`reddis://risk:${ENCODED}@host`)).rejects.toMatchObject({
      message: '"reddis://risk:***@host" names no store.',
    });
  });
});

describe('a Redis that is not there', () => {
  it('where nothing listens', async () => {
    const url = `redis://risk:${ENCODED}@127.0.0.1:${await freePort()}`;
    const failure = await failureOf(url);
    expect(failure.code).toBe('CONNECTION');
    expect(failure.message).toMatch(
      /^Redis did not answer at "redis:\/\/risk:\*\*\*@127\.0\.0\.1:\d+": connect ECONNREFUSED/,
    );
    expect(failure.hint).toMatch(/redis-cli ping/);
  });

  it('under a name that nobody has', async () => {
    const failure = await failureOf('redis://no-such-host.invalid');
    expect(failure).toMatchObject({
      code: 'CONNECTION',
      message: 'There is no host of that name: "redis://no-such-host.invalid".',
    });
  });

  it('is a server of something else', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(web, 'listening');
    const address = web.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await failureOf(`redis://127.0.0.1:${port}`)).toMatchObject({
      code: 'CONFIG',
      message: `"redis://127.0.0.1:${port}" does not speak as a Redis does: Unknown RESP type 72 "H".`,
    });
    web.close();
  });

  it('tells what each of several addresses said, by the first', () => {
    const failed = new AggregateError([new Error('connect ECONNREFUSED ::1:1'), new Error('x')]);
    expect(redisError('redis://h', failed).message).toBe(
      'Redis did not answer at "redis://h": connect ECONNREFUSED ::1:1.',
    );
  });

  it('behind a door that opens and says nothing, within 5 s', async () => {
    const mute = createServer(() => {}).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const began = performance.now();
    for (const scheme of ['redis', 'rediss']) {
      const failure = await failureOf(`${scheme}://127.0.0.1:${port}`, { timeoutMs: 400 });
      expect(failure).toMatchObject({
        code: 'CONNECTION',
        message: expect.stringMatching(/: no reply in time\.$/),
      });
    }
    expect(performance.now() - began).toBeLessThan(5000);
    mute.close();
  });
});

describe('a Redis of another kind', () => {
  const ok = '+OK\r\n';
  const unknown = (name: string) => `-ERR unknown command \`${name}\`, with args beginning with: \r\n`;

  it('is too old', async () => {
    await using fake = await startFakeRedis(([name = '']) => {
      if (name === 'ping') return '+PONG\r\n';
      if (name === 'info') return '$22\r\nredis_version:5.0.14\r\n\r\n';
      return unknown(name);
    });
    await expect(openRedisStore(fake.url)).rejects.toMatchObject({
      code: 'CONFIG',
      message: `Redis 5.0.14 at "${fake.url}" is too old: tradekit needs Redis 7.0 or newer.`,
      hint: expect.stringContaining('Update'),
    });
  });

  it('is still reading its file: opening waits, and not for ever', async () => {
    let loading = 3;
    const loads = () => {
      loading -= 1;
      return loading >= 0 ? '-LOADING Redis is loading the dataset in memory\r\n' : '+PONG\r\n';
    };
    await using fake = await startFakeRedis(([name]) => (name === 'ping' ? loads() : ok));
    const reader = await openRedisReader(fake.url);
    await reader[Symbol.asyncDispose]();
    loading = Number.POSITIVE_INFINITY;
    const began = performance.now();
    await expect(openRedisReader(fake.url)).rejects.toMatchObject({
      code: 'CONNECTION',
      message: `Redis at "${fake.url}" is not ready: LOADING Redis is loading the dataset in memory.`,
    });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('what Redis says, in our words', () => {
  it.each([
    ['MISCONF Redis is configured to save RDB snapshots', 'CONNECTION', 'cannot write to its disk'],
    ['OOM command not allowed when used memory > ‘maxmemory’.', 'CONNECTION', 'has no memory left'],
    ["READONLY You can't write against a read only replica.", 'CONNECTION', 'a read-only copy'],
    ['LOADING Redis is loading the dataset in memory', 'CONNECTION', 'is not ready: LOADING'],
    ['ERR max number of clients reached', 'CONNECTION', 'takes no more connections'],
    [
      "NOPERM this user has no permissions to run the 'fcall' command",
      'CONFIG',
      'may not do this: NOPERM this user',
    ],
    ['ERR DB index is out of range', 'CONFIG', 'There is no such database'],
    ['MOVED 3999 127.0.0.1:6381', 'CONFIG', 'is a cluster'],
    ['ERR something that we never thought of', 'BUG', 'does not take this: ERR something'],
  ])('%s', (said, code, sentence) => {
    const reply = Object.assign(new Error(said), { name: 'ReplyError', command: { args: [SECRET] } });
    const error = redisError('redis://h', reply);
    expect(error).toMatchObject({ code, message: expect.stringContaining(sentence) });
    expect(error.message).toMatch(/"redis:\/\/h".*\.$/);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
    if (code !== 'BUG') expect(error.hint).toMatch(/\w/);
  });
});

describe.skipIf(!HAS_REDIS)('a Redis with a password (needs redis-server)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({
      settings: ['--requirepass', SECRET],
      admin: { username: 'default', password: SECRET },
    });
  });
  afterAll(() => server.stop());
  const at = () => `127.0.0.1:${server.port}`;

  it('lets in who knows it', async () => {
    await using store = await openStore(`redis://:${ENCODED}@${at()}/3`);
    expect(await start(store, 'screen')).toMatchObject({ epoch: 1 });
    await using named = await openStoreReader(`redis://default:${ENCODED}@${at()}/3`);
    expect(await named.run()).toMatchObject({ id: 'july' });
  });

  it.each([
    ['no password', '', 'wants a password.'],
    ['a wrong one', `:${ENCODED}x@`, 'does not take this user or password.'],
    ['a user that there is not', `nobody:${ENCODED}@`, 'does not take this user or password.'],
  ])('refuses %s', async (_what, who, sentence) => {
    const failure = await failureOf(`redis://${who}${at()}`);
    expect(failure).toMatchObject({
      code: 'CONFIG',
      hint: expect.stringContaining('redis://user:password@'),
    });
    expect(failure.message).toContain(sentence);
  });

  it('closes at the very moment at which it connects again', async () => {
    const connection = await connectRedis(`redis://:${ENCODED}@${at()}`, {});
    connection.redis.disconnect(true);
    await once(connection.redis, 'connecting');
    await connection.close();
    expect(connection.redis.status).toBe('end');
  });

  it('has no such database', async () => {
    expect(await failureOf(`redis://:${ENCODED}@${at()}/99`)).toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining('no such database'),
    });
  });
});

describe.skipIf(!HAS_REDIS || !HAS_OPENSSL)('a Redis behind TLS (needs redis-server and openssl)', () => {
  const folder = freshFolder();
  let server: RedisServer;
  let files: Certificates;
  let plainPort = 0;

  beforeAll(async () => {
    files = makeCertificates(folder.path);
    plainPort = await freePort();
    server = await startRedis({
      settings: [
        ...['--tls-port', String(plainPort), '--tls-cert-file', files.cert, '--tls-key-file', files.key],
        ...['--tls-ca-cert-file', files.ca, '--tls-auth-clients', 'no'],
      ],
    });
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });
  const secure = (host = 'localhost') => `rediss://${host}:${plainPort}`;

  it('is used with the authority that signed it', async () => {
    const options = { redisCa: files.ca };
    await using store = await openStore(secure(), options);
    expect(await start(store, 'screen')).toMatchObject({ epoch: 1 });
    await using reader = await openStoreReader(secure(), options);
    expect(await reader.run()).toMatchObject({ id: 'july' });
  });

  it('is not trusted without', async () => {
    expect(await failureOf(secure())).toMatchObject({
      code: 'CONFIG',
      message: expect.stringMatching(/is not trusted: self.signed certificate/),
      hint: expect.stringContaining('TRADEKIT_REDIS_CA'),
    });
  });

  it('is not taken for another host', async () => {
    expect(await failureOf(secure('127.0.0.1'), { redisCa: files.ca })).toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining('bears another name'),
    });
  });

  it('names a file of the authority that is not there', async () => {
    expect(await failureOf(secure(), { redisCa: 'no-such.pem' })).toMatchObject({
      code: 'CONFIG',
      message: 'Cannot read the certificate file "no-such.pem".',
    });
  });

  it('is one that wants certificates of its clients', async () => {
    await server.admin.config('SET', 'tls-auth-clients', 'yes');
    expect(await failureOf(secure(), { redisCa: files.ca })).toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining('wants a certificate of its clients'),
    });
    await server.admin.config('SET', 'tls-auth-clients', 'no');
  });

  it('is not spoken to without TLS, nor a plain one with it', async () => {
    const hint = expect.stringContaining('With TLS the URL begins with rediss://');
    expect(await failureOf(`redis://localhost:${plainPort}`, { timeoutMs: 500 })).toMatchObject({ hint });
    expect(await failureOf(`rediss://127.0.0.1:${server.port}`, { timeoutMs: 500 })).toMatchObject({ hint });
  });
});
