import { TradekitError } from '../../domain/error.ts';
import type { StageName } from '../../domain/events/channels.ts';
import {
  type CommitAnswer,
  HEARTBEAT_FRESH_MS,
  type StartRequest,
  type Store,
  type Tenure,
} from '../../ports/store.ts';
import type { TickPublisher } from '../../ports/tick-publisher.ts';
import { commitArguments } from './redis-commit.ts';
import { connectRedis, type RedisConnection } from './redis-connection.ts';
import { type CallFunction, type FunctionReply, functionsOf } from './redis-functions.ts';
import { DEFAULT_PREFIX, REDIS_FORM, redisKeys } from './redis-keys.ts';
import type { RedisLibrary } from './redis-library.ts';
import { pairOf } from './redis-pair.ts';
import {
  checkForm,
  positionOf,
  type RedisReading,
  type RedisStoreOptions,
  readerOf,
} from './redis-reader.ts';
import { checkCommits, checkHeartbeats, checkRun, recordOf, UNSTARTED } from './rules.ts';

/** Pub/sub only: no stream bears this name. */
const TICK_CHANNEL = 'MARKET.TICK';

/**
 * A store in Redis, for services in processes of their own. Each write is one function of the server, on a connection of
 * its own, so that no long read delays it.
 *
 * @param library for tests: other functions than ours
 * @throws CONFIG where URL, password, rights or version are not right, CONNECTION where it does not answer within 5 s
 */
export async function openRedisStore(
  url: string,
  options: RedisStoreOptions = {},
  library?: RedisLibrary,
): Promise<Store & TickPublisher> {
  const { prefix = DEFAULT_PREFIX } = options;
  const first = await connectRedis(url, options);
  try {
    await functionsOf(first, library)('ready');
    const [writer, reader] = pairOf(first, await connectRedis(url, options));
    const call = functionsOf(writer, library);
    const reading = readerOf(reader, redisKeys(prefix));
    return {
      ...reading,
      ...serviceCalls(call, writer.shown, prefix, reading.noteCommit),
      halt: (reason) => writer.ask(async (redis) => void (await redis.setnx('TG:KILL', reason))),
      resume: () => writer.ask(async (redis) => void (await redis.del('TG:KILL'))),
      publishTick: (line) => publishTick(reader, line),
      async [Symbol.asyncDispose]() {
        await Promise.all([reading[Symbol.asyncDispose](), writer.close()]);
      },
    };
  } catch (error) {
    await first.close();
    throw error;
  }
}

/** What the functions of the server do. */
function serviceCalls(
  call: CallFunction,
  shown: string,
  prefix: string,
  noteCommit: RedisReading['noteCommit'],
): Pick<Store, 'start' | 'commit' | 'heartbeat' | 'leave'> {
  async function start<Name extends StageName>(request: StartRequest<Name>) {
    const { run, services, takeOver = false } = request;
    const reply = await call(
      'start',
      ...[prefix, REDIS_FORM, run.id, run.configHash, run.feed],
      ...[takeOver ? '1' : '0', String(HEARTBEAT_FRESH_MS), ...services],
    );
    if (reply[0] !== 'ok') throw startRefusal(reply, request, shown);
    return tenuresOf(services, reply);
  }

  return {
    start,
    async commit(...commits) {
      checkCommits(commits);
      const reply = await call('commit', ...commitArguments(prefix, commits));
      if (!ANSWERS.has(reply[0])) throw refusal(reply, shown);
      const answer = reply[0] as CommitAnswer; // one of ANSWERS
      if (answer === 'ok' || answer === 'already') commits.forEach(noteCommit);
      return answer;
    },
    async heartbeat(service, epoch) {
      const [word] = await call('heartbeat', prefix, service, String(epoch));
      return word === 'ok' ? 'ok' : 'fenced';
    },
    async leave(service, epoch) {
      await call('leave', prefix, service, String(epoch));
    },
  };
}

const ANSWERS: ReadonlySet<string> = new Set<CommitAnswer>(['fenced', 'already', 'gap', 'refused', 'ok']);

/** Epoch and mark by service, in the order in which they were asked for. */
function tenuresOf<Name extends StageName>(
  services: readonly Name[],
  [, ...rest]: FunctionReply,
): Readonly<Record<Name, Tenure>> {
  return recordOf(services, (name) => {
    const place = 2 * services.indexOf(name);
    return { epoch: Number(rest[place]), done: positionOf(String(rest[place + 1])) };
  });
}

function startRefusal(reply: FunctionReply, request: StartRequest<StageName>, shown: string): unknown {
  const [word, ...rest] = reply.map(String);
  if (word === 'run') {
    const [form = '', id = '', configHash = '', feed = ''] = rest;
    checkForm(shown, form);
    checkRun({ id, configHash, feed }, request.run);
  }
  if (word === 'alive') {
    const [service, beatAt, now] = rest;
    const record = (name: StageName) =>
      name === service ? { ...UNSTARTED, beatAt: Number(beatAt) } : UNSTARTED;
    checkHeartbeats(request, record, Number(now));
  }
  return refusal(reply, shown);
}

/** What the functions found before they wrote anything. */
function refusal([word, ...rest]: FunctionReply, shown: string): TradekitError {
  if (word === 'noperm') {
    return new TradekitError('CONFIG', `The user of Redis at "${shown}" may not ${rest.join(' ')}.`, {
      hint: 'Nothing was written. Compare its rights with examples/redis/users.acl.',
    });
  }
  if (word === 'foreign') {
    const [stream, last, id] = rest;
    return new TradekitError(
      'DATA',
      `The stream "${stream}" of Redis at "${shown}" ends at ${last}, behind ${id}: something else wrote to it.`,
      { hint: 'Nothing was written. Start a new run under another prefix, or in another Redis.' },
    );
  }
  return new TradekitError('BUG', `Redis at "${shown}" answered "${[word, ...rest].join(' ')}".`);
}

async function publishTick(connection: RedisConnection, line: string): Promise<void> {
  try {
    await connection.ask((redis) => redis.publish(TICK_CHANNEL, line));
  } catch (error) {
    if (!(error instanceof TradekitError && error.code === 'CONNECTION')) throw error;
  }
}
