import type { Channel, StageName } from '../../domain/events/channels.ts';

/** How a store of ours lies in Redis. Another form of these keys is another number: programs that disagree refuse each other. */
export const REDIS_FORM = '1';

export const DEFAULT_PREFIX = 'tk:';

/**
 * The keys of one pipeline. `POS:*`, `TG:LOCK:*`, `TG:KILL` and the published channels bear no prefix: other tools know
 * them by their plain names. Each stage has keys of its own, so that an ACL can keep the others away.
 */
export type RedisKeys = {
  readonly prefix: string;
  /** Hash: form, id, config, feed. */
  readonly run: string;
  /** Channel, not a key: bears the stage's mark when it has moved. The stage's own, as only its service may publish there. */
  moved(stage: StageName): string;
  /** Text: a position as `formatPosition` writes it. */
  done(stage: StageName): string;
  /** Hash: epoch, beat, token. */
  service(stage: StageName): string;
  /** Stream: `event` is the line, `at` the wall clock of the server. The id is the position. */
  events(channel: Channel): string;
};

export function redisKeys(prefix: string): RedisKeys {
  return {
    prefix,
    run: `${prefix}run`,
    moved: (stage) => `${prefix}moved:${stage}`,
    done: (stage) => `${prefix}done:${stage}`,
    service: (stage) => `${prefix}service:${stage}`,
    events: (channel) => `${prefix}${channel}`,
  };
}
