import { STAGE_NAMES, type StageName } from '../../domain/events/channels.ts';
import { comparePositions, type Position, parsePosition } from '../../domain/events/position.ts';
import type { DoneMarks } from '../../ports/store.ts';
import type { Bell } from './bell.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { RedisKeys } from './redis-keys.ts';
import { recordOf } from './rules.ts';

/** The marks as the server tells of them by itself, each time that one moves. */
export interface HeardMarks {
  listen(): Promise<void>;
  /**
   * The marks as they were last heard, at no cost; as `ask` answers where that was not asked for a while, since a message
   * may get lost. Both come by one connection, in the server's order.
   */
  latest(ask: () => Promise<DoneMarks>): DoneMarks | Promise<DoneMarks>;
}

/** So long what was heard is taken for the whole truth: a message that was lost costs this much. */
export const POLL_MS = 100;

/** Rings when one was heard. Redis forgets who listens when a connection is lost, so it is said again at each new one. */
export function createHeardMarks({ redis, ask }: RedisConnection, keys: RedisKeys, bell: Bell): HeardMarks {
  const stageOf = new Map(STAGE_NAMES.map((name) => [keys.moved(name), name]));
  let isListening = false;
  let known: DoneMarks | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** Since the last question went out. */
  const heard = new Map<StageName, Position>();

  redis.on('message', (channel: string, text: string) => {
    const stage = stageOf.get(channel);
    if (stage === undefined) return;
    const position = parsePosition(text);
    heard.set(stage, position);
    if (known !== undefined) known = { ...known, [stage]: position };
    bell.ring();
  });
  redis.on('close', () => {
    known = undefined;
  });
  redis.on('ready', () => {
    // Where this fails the connection is lost again, or the poll serves.
    if (isListening)
      redis.subscribe(...stageOf.keys()).then(
        () => bell.ring(),
        () => {},
      );
  });

  return {
    async listen() {
      if (isListening) return;
      await ask(() => redis.subscribe(...stageOf.keys()));
      isListening = true;
    },
    latest(askNow) {
      const now = performance.now();
      if (known !== undefined && now - askedAt < POLL_MS) return known;
      askedAt = now;
      heard.clear();
      return askNow().then((answer) => {
        known = recordOf(STAGE_NAMES, (name) => later(answer[name], heard.get(name)));
        return known;
      });
    },
  };
}

/** What was heard while the answer was on its way is older than it, or newer. */
function later(answered: Position, heard: Position | undefined): Position {
  return heard !== undefined && comparePositions(heard, answered) > 0 ? heard : answered;
}
