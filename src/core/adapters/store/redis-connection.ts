import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { TradekitError } from '../../domain/error.ts';
import { redisError } from './redis-error.ts';
import { parseRedisUrl, type RedisAddress } from './redis-url.ts';

export type RedisConnectOptions = {
  /** File of the authority that signed the server's certificate, where the system does not know it. */
  readonly redisCa?: string;
  /** A call without a reply for so long is given up. 3 s by default: a server whose disk is slow may pause for 2 s. */
  readonly timeoutMs?: number;
};

/** One connection. It comes back by itself when it is lost; what was under way then fails, and nothing is sent again. */
export interface RedisConnection {
  /** The URL without its password. */
  readonly shown: string;
  readonly redis: Redis;
  /** What `work` gives; a failure is a rejection with a sentence. */
  ask<Value>(work: (redis: Redis) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 3000;
/** So long opening may take in all, a server that still reads its file included. */
const OPEN_MS = 4500;
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 1000;
/** A closed connection that the server does not close in turn is cut after this. */
const LINGER_MS = 100;
const LOADING_MS = 3500;
const LOADING_POLL_MS = 100;

/**
 * Connects, and gives back a connection that answers.
 *
 * @throws CONFIG where the URL, the password or the server is not right; CONNECTION where it does not answer within 5 s
 */
export async function connectRedis(url: string, options: RedisConnectOptions): Promise<RedisConnection> {
  const address = parseRedisUrl(url);
  const redis = new Redis(optionsOf(address, options));
  let closed = false;
  const connection: RedisConnection = {
    shown: address.shown,
    redis,
    async ask(work) {
      if (closed) throw new TradekitError('BUG', `The store "${address.shown}" has been closed.`);
      try {
        return await work(redis);
      } catch (error) {
        throw redisError(address.shown, error);
      }
    },
    async close() {
      closed = true;
      await disconnect(redis);
    },
  };
  try {
    await untilReady(redis);
    return connection;
  } catch (error) {
    await connection.close();
    throw redisError(address.shown, error);
  }
}

function optionsOf(address: RedisAddress, { redisCa, timeoutMs = TIMEOUT_MS }: RedisConnectOptions) {
  const { host, port, username, password, db, tls } = address;
  return {
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: redisCa === undefined ? {} : { ca: readCa(redisCa) } } : {}),
    lazyConnect: true,
    connectTimeout: timeoutMs,
    disconnectTimeout: LINGER_MS,
    commandTimeout: timeoutMs,
    // Cuts a link that is only half there, so that the next call gets a new one.
    socketTimeout: timeoutMs,
    // Nothing waits for a better time: an old commit must not reach the server behind the caller's back.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) =>
      Math.min(RETRY_FIRST_MS * 2 ** times, RETRY_LAST_MS) * (0.5 + Math.random() / 2),
    // Asks for INFO and prints to the console where the user may not. A server that still loads says so at each call.
    enableReadyCheck: false,
    disableClientInfo: true,
  } satisfies RedisOptions;
}

function readCa(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TradekitError('CONFIG', `Cannot read the certificate file "${path}".`, {
      hint: 'Check TRADEKIT_REDIS_CA.',
      cause,
    });
  }
}

/** The first thing that went wrong says more than the closed connection it leads to. */
async function untilReady(redis: Redis): Promise<void> {
  const failures: Error[] = [];
  redis.on('error', (error: Error) => {
    if (failures.length === 0) failures.push(error);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no reply in time')), OPEN_MS);
  });
  try {
    await Promise.race([redis.connect().then(() => untilLoaded(redis)), late]);
    // A database that is not there is told in passing, and the connection goes on with another one.
    if (failures[0] !== undefined) throw failures[0];
  } catch (error) {
    throw failures[0] ?? error;
  } finally {
    clearTimeout(timer);
  }
}

/** A server that is still reading its file takes connections, and refuses what they ask. */
async function untilLoaded(redis: Redis): Promise<void> {
  const latest = performance.now() + LOADING_MS;
  for (;;) {
    try {
      await redis.ping();
      return;
    } catch (error) {
      const isLoading = error instanceof Error && error.message.startsWith('LOADING');
      if (!isLoading || performance.now() > latest) throw error;
      await pause(LOADING_POLL_MS);
    }
  }
}

async function disconnect(redis: Redis): Promise<void> {
  const isOpen = redis.status === 'ready' || redis.status === 'connect' || redis.status === 'connecting';
  // Not `once`, which rejects where the attempt to connect that this breaks off says so first.
  const ended = isOpen ? new Promise((resolve) => void redis.once('end', resolve)) : undefined;
  redis.disconnect();
  await ended;
}
