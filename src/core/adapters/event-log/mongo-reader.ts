import type { Filter } from 'mongodb';
import { CHANNELS, type Channel } from '../../domain/events/channels.ts';
import { facetsOf, matches } from '../../domain/events/facets.ts';
import { BEFORE_ALL, comparePositions, packPosition, unpackPosition } from '../../domain/events/position.ts';
import type { EventLogReader, LoggedRun, LogQuery } from '../../ports/event-log.ts';
import type { StoredEvent } from '../../ports/store.ts';
import { type EventDocument, eventOf } from './mongo-document.ts';
import { type MongoLink, type MongoOptions, openMongoLink } from './mongo-link.ts';
import { watchMark } from './watch-mark.ts';

const PAGE = 1000;
const POLL_MS = 500;

/** Reads a log in MongoDB. */
export function openMongoLogReader(url: string, options?: MongoOptions): EventLogReader {
  return mongoReaderOf(openMongoLink(url, options));
}

/** The reading half. */
export function mongoReaderOf(link: MongoLink): EventLogReader {
  const closing = new AbortController();

  async function runs(): Promise<readonly LoggedRun[]> {
    const documents = await link.attempt(() => link.runs.find().sort({ movedAt: 1 }).toArray());
    return documents.map(({ _id: id, configHash, feed, mark, movedAt }) => ({
      id,
      configHash,
      feed,
      mark: unpackPosition(mark),
      movedAt,
    }));
  }

  async function markOf(run: string) {
    const document = await link.attempt(() => link.runs.findOne({ _id: run }));
    return document === null ? undefined : unpackPosition(document.mark);
  }

  async function* read(query: LogQuery): AsyncGenerator<StoredEvent, void, void> {
    const upTo = query.upTo ?? (await markOf(query.run)) ?? BEFORE_ALL;
    const filter = filterOf({ ...query, upTo });
    const channels = query.channels ?? CHANNELS;
    const fits = ({ line }: StoredEvent) => matches(facetsOf(JSON.parse(line)), query);
    const { last } = query;
    if (last === undefined) {
      for await (const event of merged(channels.map((channel) => eventsOf(link, channel, filter)))) {
        if (fits(event)) yield event;
      }
      return;
    }
    const found = await Promise.all(channels.map((channel) => lastOf(link, channel, filter, last)));
    const ordered = found.flat().sort((a, b) => comparePositions(a.position, b.position));
    yield* ordered.filter(fits).slice(-last);
  }

  return {
    runs,
    read,
    watch: (run, signal) =>
      watchMark({
        read: () => markOf(run),
        pollMs: POLL_MS,
        signal: AbortSignal.any([signal, closing.signal]),
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await link[Symbol.asyncDispose]();
    },
  };
}

type Asked = LogQuery & Required<Pick<LogQuery, 'upTo'>>;

/** May let through what `matches` then drops: a strategy inside a signal's id. */
function filterOf(query: Asked): Filter<EventDocument> {
  const { run, after = BEFORE_ALL, upTo, symbol, strategy, correlationId, fromAt, toAt } = query;
  const times = {
    ...(fromAt === undefined ? {} : { $gte: fromAt }),
    ...(toAt === undefined ? {} : { $lte: toAt }),
  };
  return {
    run,
    position: { $gt: packPosition(after), $lte: packPosition(upTo) },
    ...(symbol === undefined ? {} : { symbol }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(Object.keys(times).length === 0 ? {} : { at: times }),
    ...(strategy === undefined ? {} : { $or: [{ strategy }, { correlationId: inSignalId(strategy) }] }),
  };
}

/** Orders bear their strategy in the signal's id alone. */
function inSignalId(strategy: string): RegExp {
  return new RegExp(`/${strategy.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}/[^/]+/[0-9]+$`);
}

async function* eventsOf(
  link: MongoLink,
  channel: Channel,
  filter: Filter<EventDocument>,
): AsyncGenerator<StoredEvent, void, void> {
  const find = async () => link.events(channel).find(filter, { sort: { position: 1 }, batchSize: PAGE });
  const cursor = await link.attempt(find);
  try {
    for (;;) {
      const document = await link.attempt(() => cursor.next());
      if (document === null) return;
      yield eventOf(channel, document);
      for (const buffered of cursor.readBufferedDocuments()) yield eventOf(channel, buffered);
    }
  } finally {
    await cursor.close();
  }
}

async function lastOf(link: MongoLink, channel: Channel, filter: Filter<EventDocument>, count: number) {
  const newest = () => link.events(channel).find(filter).sort({ position: -1 }).limit(count).toArray();
  return (await link.attempt(newest)).map((document) => eventOf(channel, document));
}

/** The channels' events in the order of positions, each channel being in order itself. */
async function* merged(
  channels: readonly AsyncGenerator<StoredEvent, void, void>[],
): AsyncGenerator<StoredEvent, void, void> {
  try {
    const heads = await Promise.all(channels.map((channel) => channel.next()));
    for (;;) {
      const first = indexOfFirst(heads);
      const channel = channels[first];
      const head = heads[first];
      if (channel === undefined || head === undefined || head.done === true) return;
      yield head.value;
      heads[first] = await channel.next();
    }
  } finally {
    await Promise.all(channels.map((channel) => channel.return()));
  }
}

function indexOfFirst(heads: readonly IteratorResult<StoredEvent, void>[]): number {
  let first = -1;
  let earliest: StoredEvent | undefined;
  for (const [index, head] of heads.entries()) {
    if (head.done === true) continue;
    if (earliest !== undefined && comparePositions(earliest.position, head.value.position) < 0) continue;
    first = index;
    earliest = head.value;
  }
  return first;
}
