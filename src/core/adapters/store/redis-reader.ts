import { TradekitError } from '../../domain/error.ts';
import { CHANNELS, type Channel, STAGE_NAMES } from '../../domain/events/channels.ts';
import {
  BEFORE_ALL,
  comparePositions,
  formatPosition,
  type Position,
  parsePosition,
} from '../../domain/events/position.ts';
import {
  type DoneMarks,
  type HeartbeatAges,
  type KeyName,
  type KeyValue,
  READ_MAX,
  type ReadRange,
  type RunIdentity,
  type StoredEvent,
  type StoreReader,
} from '../../ports/store.ts';
import { createBell, watchMarks } from './bell.ts';
import { connectRedis, type RedisConnection, type RedisConnectOptions } from './redis-connection.ts';
import { DEFAULT_PREFIX, REDIS_FORM, type RedisKeys, redisKeys } from './redis-keys.ts';
import { createHeardMarks, POLL_MS } from './redis-marks.ts';
import { heartbeatAges, recordOf } from './rules.ts';

export type RedisStoreOptions = RedisConnectOptions & {
  /** Before the keys of this pipeline: `tk:` by default. */
  readonly prefix?: string;
};

/**
 * Reads a store in Redis. Plain commands only, so a user who may only read needs no functions.
 *
 * @throws CONFIG where URL, password or server are not right, CONNECTION where it does not answer
 */
export async function openRedisReader(url: string, options: RedisStoreOptions = {}): Promise<StoreReader> {
  return readerOf(await connectRedis(url, options), redisKeys(options.prefix ?? DEFAULT_PREFIX));
}

/** The reading half, on a connection of its own. */
export function readerOf(connection: RedisConnection, keys: RedisKeys): StoreReader {
  const closing = new AbortController();
  const bell = createBell();
  const heard = createHeardMarks(connection, keys, bell);

  async function run(): Promise<RunIdentity | undefined> {
    const [form, id, configHash, feed] = await connection.ask((redis) =>
      redis.hmget(keys.run, 'form', 'id', 'config', 'feed'),
    );
    if (form == null || id == null || configHash == null || feed == null) return undefined;
    checkForm(connection.shown, form);
    return { id, configHash, feed };
  }

  async function done(): Promise<DoneMarks> {
    const texts = await connection.ask((redis) => redis.mget(...STAGE_NAMES.map(keys.done)));
    const held = new Map(STAGE_NAMES.map((name, place) => [name, texts[place]]));
    return recordOf(STAGE_NAMES, (name) => positionOf(held.get(name)));
  }

  async function read({ after, upTo, channels = CHANNELS, max = READ_MAX }: ReadRange) {
    if (comparePositions(after, upTo) >= 0) return [];
    const found = await readChannels(connection, keys, channels, { after, upTo, max });
    return found
      .flat()
      .sort((a, b) => comparePositions(a.position, b.position))
      .slice(0, max);
  }

  async function* watch(signal: AbortSignal): AsyncGenerator<DoneMarks, void, void> {
    const stop = AbortSignal.any([signal, closing.signal]);
    if (stop.aborted) return;
    await heard.listen();
    yield* watchMarks({ read: () => heard.latest(done), bell, pollMs: POLL_MS, signal: stop });
  }

  return {
    run,
    done,
    read,
    watch,
    key: (name) => readKey(connection, name),
    heartbeatAges: () => readHeartbeats(connection, keys),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await connection.close();
    },
  };
}

/** @throws CONFIG where another version of tradekit laid out the store */
export function checkForm(shown: string, form: string): void {
  if (form === REDIS_FORM) return;
  throw new TradekitError(
    'CONFIG',
    `The store in Redis at "${shown}" has the form ${form}; this tradekit knows ${REDIS_FORM}.`,
    { hint: 'Open it with the tradekit that wrote it, or start a new run under another prefix.' },
  );
}

export function positionOf(text: string | null | undefined): Position {
  return text == null ? BEFORE_ALL : parsePosition(text);
}

type Span = { readonly after: Position; readonly upTo: Position; readonly max: number };

/** All of them in one question. */
async function readChannels(
  connection: RedisConnection,
  keys: RedisKeys,
  channels: readonly Channel[],
  { after, upTo, max }: Span,
): Promise<readonly (readonly StoredEvent[])[]> {
  const span = [`(${formatPosition(after)}`, formatPosition(upTo), 'COUNT', max] as const;
  return connection.ask(async (redis) => {
    const asked = redis.pipeline();
    for (const channel of channels) asked.xrange(keys.events(channel), ...span);
    const replies = (await asked.exec()) ?? [];
    return channels.map((channel, i) => {
      const [error, entries] = replies[i] ?? [new Error('no reply')];
      if (error !== null) throw error;
      return (entries as readonly Entry[]).map((entry) => eventOf(channel, entry)); // what XRANGE gives
    });
  });
}

type Entry = readonly [id: string, fields: readonly string[]];

function eventOf(channel: Channel, [id, [, line = '', , at]]: Entry): StoredEvent {
  return { position: parsePosition(id), channel, line, recordedAt: Number(at) };
}

/** The server's own clock tells how old they are. */
async function readHeartbeats(connection: RedisConnection, keys: RedisKeys): Promise<HeartbeatAges> {
  const [time, ...beats] = await connection.ask((redis) =>
    Promise.all([redis.time(), ...STAGE_NAMES.map((name) => redis.hget(keys.service(name), 'beat'))]),
  );
  const now = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
  const beatAt = new Map(
    STAGE_NAMES.map((name, i) => [name, beats[i] == null ? undefined : Number(beats[i])]),
  );
  return heartbeatAges((name) => beatAt.get(name), now);
}

/** A key is a text or a hash; both are asked for at one moment, and the one that it is not is refused. */
async function readKey(connection: RedisConnection, name: KeyName): Promise<KeyValue | undefined> {
  const replies = await connection.ask((redis) => redis.multi().get(name).hgetall(name).exec());
  const [text, hash] = replies ?? [];
  if (text?.[0] == null) return typeof text?.[1] === 'string' ? text[1] : undefined;
  if (hash?.[0] == null) return hash?.[1] as Readonly<Record<string, string>>; // HGETALL of a hash that is there
  return connection.ask(() => Promise.reject(hash[0]));
}
