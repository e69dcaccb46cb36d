import { type RedisLibrary, redisLibrary } from '../../../src/core/adapters/store/redis-library.ts';

/** The functions of the Redis store with one part of their text replaced. */
export function changedLibrary(part: string, by: string): RedisLibrary {
  const { code } = redisLibrary();
  if (code.split(part).length !== 2) throw new Error(`Not once in the library: ${part}`);
  const [, , ...body] = code.split('\n'); // without its name
  return redisLibrary(body.join('\n').replace(part, () => by));
}
