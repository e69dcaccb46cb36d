import type { Redis } from 'ioredis';
import { TradekitError } from '../../domain/error.ts';
import { connectRedis, type RedisConnection, type RedisConnectOptions } from './redis-connection.ts';
import { type RedisLibrary, redisLibrary } from './redis-library.ts';

/** What a function of ours answers: a word, then what belongs to it. */
export type FunctionReply = readonly [word: string, ...rest: readonly (string | number)[]];
export type FunctionName = 'start' | 'commit' | 'heartbeat' | 'leave' | 'ready';
export type CallFunction = (name: FunctionName, ...args: readonly string[]) => Promise<FunctionReply>;

/**
 * Calls functions of the library, and loads it where the server does not have it: at the first start, and after somebody
 * has flushed the functions away.
 */
export function functionsOf(
  connection: RedisConnection,
  library: RedisLibrary = redisLibrary(),
): CallFunction {
  return (name, ...args) =>
    connection.ask(async (redis) => {
      const call = () => redis.fcall(`${library.name}_${name}`, 0, ...args);
      try {
        return asReply(await call());
      } catch (error) {
        if (!says(error, 'Function not found')) throw await explained(connection, error);
        await load(connection, library);
        return asReply(await call());
      }
    });
}

/** Loads the functions as a user who may. Gives the library's name, and whether it was there before. */
export async function initRedis(
  url: string,
  options: RedisConnectOptions = {},
): Promise<{ readonly shown: string; readonly library: string; readonly isNew: boolean }> {
  const library = redisLibrary();
  const connection = await connectRedis(url, options);
  try {
    const isNew = await connection.ask(() => load(connection, library));
    return { shown: connection.shown, library: library.name, isNew };
  } finally {
    await connection.close();
  }
}

async function load(connection: RedisConnection, { name, code }: RedisLibrary): Promise<boolean> {
  try {
    await connection.redis.function('LOAD', code);
    return true;
  } catch (error) {
    if (says(error, `Library '${name}' already exists`)) return false;
    if (!says(error, 'NOPERM')) throw await explained(connection, error);
    const { shown } = connection;
    throw new TradekitError('CONFIG', `The functions of this tradekit are not in the Redis at "${shown}".`, {
      hint: 'Load them once as a user who may: tradekit redis init --redis redis://ops:password@host:6379',
    });
  }
}

/** An old server knows no functions; which one it is helps more than what it does not know. */
async function explained({ redis, shown }: RedisConnection, error: unknown): Promise<unknown> {
  if (!says(error, 'unknown command')) return error;
  const version = await versionOf(redis);
  return new TradekitError(
    'CONFIG',
    `Redis ${version} at "${shown}" is too old: tradekit needs Redis 7.0 or newer.`,
    { hint: 'Update it, or run without: the store in a file needs no server.' },
  );
}

async function versionOf(redis: Redis): Promise<string> {
  const info = await redis.info('server').catch(() => '');
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'of an unknown version';
}

function says(error: unknown, words: string): boolean {
  return error instanceof Error && error.message.includes(words);
}

function asReply(reply: unknown): FunctionReply {
  return reply as FunctionReply; // as the library writes it
}
