import { once } from 'node:events';
import type { RedisConnection } from './redis-connection.ts';

/** So long a call waits for its connection where the other one is there: longer than the longest pause between two tries. */
const WAIT_MS = 1500;

/**
 * Two connections of one client to one server. After a loss they come back one after the other: a call on the one that is
 * not there yet waits for it, so that a server that is back is not told to be away again.
 */
export function pairOf(
  first: RedisConnection,
  second: RedisConnection,
): readonly [first: RedisConnection, second: RedisConnection] {
  return [waitingBeside(first, second), waitingBeside(second, first)];
}

function waitingBeside(own: RedisConnection, other: RedisConnection): RedisConnection {
  let waiting: Promise<void> | undefined;
  return {
    ...own,
    async ask(work) {
      if (own.redis.status !== 'ready' && other.redis.status === 'ready') {
        waiting ??= untilReady(own).finally(() => {
          waiting = undefined;
        });
        await waiting;
      }
      return own.ask(work);
    },
  };
}

/** Resolves also where it does not come: the call then says what is wrong. */
async function untilReady({ redis }: RedisConnection): Promise<void> {
  await once(redis, 'ready', { signal: AbortSignal.timeout(WAIT_MS) }).catch(() => {});
}
