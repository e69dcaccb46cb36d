import { TradekitError } from '../../domain/error.ts';
import {
  CHANNEL_WRITERS,
  CHANNELS,
  type Channel,
  STAGE_NAMES,
  type StageName,
} from '../../domain/events/channels.ts';
import {
  BEFORE_ALL,
  comparePositions,
  formatPosition,
  type Position,
  parsePosition,
} from '../../domain/events/position.ts';
import {
  type Commit,
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
import { type Bell, createBell, watchMarks } from './bell.ts';
import { type Broadcasts, createBroadcasts } from './redis-broadcasts.ts';
import { connectRedis, type RedisConnection, type RedisConnectOptions } from './redis-connection.ts';
import { DEFAULT_PREFIX, REDIS_FORM, type RedisKeys, redisKeys } from './redis-keys.ts';
import { heartbeatAges, recordOf } from './rules.ts';

export type RedisStoreOptions = RedisConnectOptions & {
  /** Before the keys of this pipeline: `tk:` by default. */
  readonly prefix?: string;
};

/** A wake-up that was lost costs this much. */
const POLL_MS = 100;

/**
 * Reads a store in Redis. Plain commands only, so a user who may only read needs no functions.
 *
 * @throws CONFIG where URL, password or server are not right, CONNECTION where it does not answer
 */
export async function openRedisReader(url: string, options: RedisStoreOptions = {}): Promise<StoreReader> {
  return readerOf(await connectRedis(url, options), redisKeys(options.prefix ?? DEFAULT_PREFIX));
}

/** The reading half of a store. */
export type RedisReading = StoreReader & {
  /** The store has this commit of its own, which nobody tells it otherwise. */
  noteCommit(commit: Pick<Commit, 'service' | 'to'>): void;
};

/** The reading half, on a connection of its own. */
export function readerOf(connection: RedisConnection, keys: RedisKeys): RedisReading {
  const closing = new AbortController();
  const bell = createBell();
  const broadcasts = createBroadcasts();
  const listener = createListener(connection, keys, bell, broadcasts);
  const own = new Map<StageName, Position>();
  /** The marks that were given last. */
  let told: DoneMarks = recordOf(STAGE_NAMES, () => BEFORE_ALL);
  let asked: DoneMarks | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function run(): Promise<RunIdentity | undefined> {
    const [form, id, configHash, feed] = await connection.ask((redis) =>
      redis.hmget(keys.run, 'form', 'id', 'config', 'feed'),
    );
    if (form == null || id == null || configHash == null || feed == null) return undefined;
    checkForm(connection.shown, form);
    return { id, configHash, feed };
  }

  async function askMarks(): Promise<DoneMarks> {
    const texts = await connection.ask((redis) => redis.mget(...STAGE_NAMES.map(keys.done)));
    const held = new Map(STAGE_NAMES.map((name, place) => [name, texts[place]]));
    return recordOf(STAGE_NAMES, (name) => positionOf(held.get(name)));
  }

  /** What was asked for last, moved on by what was heard since; asked again before a wake-up could have been missed for long. */
  async function marks(): Promise<DoneMarks> {
    if (asked === undefined || performance.now() - askedAt >= POLL_MS) {
      const heard = recordOf(STAGE_NAMES, (name) => broadcasts.mark(name) ?? BEFORE_ALL);
      told = await askMarks();
      // Emptied, or set back: what was said before is not so any more.
      if (STAGE_NAMES.some((name) => comparePositions(told[name], heard[name]) < 0)) broadcasts.forget();
      asked = told;
      askedAt = performance.now();
      own.clear();
    } else {
      const known = asked;
      told = recordOf(STAGE_NAMES, (name) => later(later(known[name], broadcasts.mark(name)), own.get(name)));
    }
    return told;
  }

  /**
   * Nothing is where the events of a mark were, when the server came back without them: that is no answer.
   *
   * @throws CONNECTION until they are there again, which whoever published them sees to
   */
  async function checkStanding(standing: DoneMarks, upTo: Position, of: readonly StageName[]): Promise<void> {
    const lost = of.find((name) => comparePositions(standing[name], earlier(told[name], upTo)) < 0);
    if (lost === undefined || (await run()) === undefined) return;
    throw new TradekitError(
      'CONNECTION',
      `Redis at "${connection.shown}" came back without the last that ${lost} had committed.`,
      { hint: `Start ${lost} again: it publishes it once more.` },
    );
  }

  async function read(range: ReadRange): Promise<readonly StoredEvent[]> {
    const { after, upTo, channels = CHANNELS, max = READ_MAX } = range;
    if (comparePositions(after, upTo) >= 0) return [];
    if (listener.isListening) await listener.listen(writersOf(channels));
    const heard = broadcasts.read(range);
    if (heard !== undefined) return heard.slice(0, max);
    // Asked first, of the same connection: what the marks then were the events cannot be behind.
    const [standing, ...found] = await Promise.all([
      askMarks(),
      ...channels.map((channel) => readChannel(connection, keys, channel, { after, upTo, max })),
    ]);
    await checkStanding(standing, upTo, writersOf(channels));
    return found
      .flat()
      .sort((a, b) => comparePositions(a.position, b.position))
      .slice(0, max);
  }

  function watch(signal: AbortSignal, of: readonly StageName[] = STAGE_NAMES) {
    return watchMarks({
      async read() {
        await listener.listen(of);
        return marks();
      },
      bell,
      of,
      pollMs: POLL_MS,
      signal: AbortSignal.any([signal, closing.signal]),
    });
  }

  return {
    run,
    async done() {
      told = await askMarks();
      return told;
    },
    read,
    watch,
    noteCommit: ({ service, to }) => own.set(service, to),
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

async function readChannel(
  connection: RedisConnection,
  keys: RedisKeys,
  channel: Channel,
  { after, upTo, max }: { readonly after: Position; readonly upTo: Position; readonly max: number },
): Promise<readonly StoredEvent[]> {
  const entries = await connection.ask((redis) =>
    redis.xrange(keys.events(channel), `(${formatPosition(after)}`, formatPosition(upTo), 'COUNT', max),
  );
  return entries.map(([id, [, line = '', , at]]) => ({
    position: parsePosition(id),
    channel,
    line,
    recordedAt: Number(at),
  }));
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

/** Hears the commits of services, once it was asked to. */
type Listener = {
  readonly isListening: boolean;
  /** To these services, too. */
  listen(to: readonly StageName[]): Promise<void>;
};

/**
 * Hears commits and rings at each. Redis forgets who listens when a connection is lost, so it is said again at each new
 * one, and what was heard before is forgotten.
 */
function createListener(
  { redis, ask }: RedisConnection,
  keys: RedisKeys,
  bell: Bell,
  broadcasts: Broadcasts,
): Listener {
  const channels = new Set<string>();
  redis.on('message', (_channel, message: string) => {
    broadcasts.hear(message);
    bell.ring();
  });
  redis.on('ready', () => {
    broadcasts.forget();
    // Where this fails the connection is lost again, or the poll serves.
    if (channels.size > 0)
      redis.subscribe(...channels).then(
        () => bell.ring(),
        () => {},
      );
  });
  return {
    get isListening() {
      return channels.size > 0;
    },
    async listen(to) {
      const unheard = to.map(keys.moved).filter((channel) => !channels.has(channel));
      if (unheard.length === 0) return;
      await ask(() => redis.subscribe(...unheard));
      for (const channel of unheard) channels.add(channel);
    },
  };
}

/** Those who write the channels: what they say of a commit bears its events. */
function writersOf(channels: readonly Channel[]): readonly StageName[] {
  return [...new Set(channels.map((channel) => CHANNEL_WRITERS[channel]))];
}

function earlier(a: Position, b: Position): Position {
  return comparePositions(a, b) <= 0 ? a : b;
}

function later(a: Position, b: Position | undefined): Position {
  return b === undefined || comparePositions(a, b) >= 0 ? a : b;
}
