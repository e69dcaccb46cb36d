import type { Collection } from 'mongodb';
import { CHANNELS, type Channel } from '../../domain/events/channels.ts';
import { BEFORE_ALL, packPosition } from '../../domain/events/position.ts';
import type { EventLog, LogBatch } from '../../ports/event-log.ts';
import type { RunIdentity } from '../../ports/store.ts';
import { checkLoggedRun } from './check-run.ts';
import { documentOf, type EventDocument } from './mongo-document.ts';
import { isDuplicate, isOnlyDuplicates } from './mongo-errors.ts';
import { type MongoOptions, openMongoLink } from './mongo-link.ts';
import { mongoReaderOf } from './mongo-reader.ts';

/**
 * An event log in MongoDB: a collection per channel, the runs with their marks in another of the same database. Needs no
 * transactions, change streams or replica set. Connects at the first use.
 *
 * Events are inserted, not upserted: a document put in keeps the order of its keys, whereas `$setOnInsert` sorts them.
 * What is there already is refused as a duplicate of its `_id`, which is as good as done.
 *
 * @throws CONFIG where the URL is none
 */
export function openMongoLog(url: string, options: MongoOptions = {}): EventLog {
  const { now = Date.now } = options;
  const link = openMongoLink(url, options);
  const indexed = new Set<Channel>();
  const known = new Set<string>();

  /** Makes the run's document where there is none. */
  async function enrol({ id, configHash, feed }: RunIdentity): Promise<void> {
    if (known.has(id)) return;
    const held = await link.runs.findOne({ _id: id });
    if (held === null) {
      await insertRun({ _id: id, configHash, feed, mark: packPosition(BEFORE_ALL), movedAt: now() });
    } else {
      checkLoggedRun({ id, configHash: held.configHash, feed: held.feed }, { id, configHash, feed });
    }
    known.add(id);
  }

  async function insertRun(document: Parameters<typeof link.runs.insertOne>[0]): Promise<void> {
    try {
      await link.runs.insertOne(document);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  async function write(run: string, channel: Channel, { events }: LogBatch): Promise<void> {
    const own = events.filter((event) => event.channel === channel);
    if (own.length === 0) return;
    const collection = link.events(channel);
    if (!indexed.has(channel)) await createIndexes(collection);
    indexed.add(channel);
    try {
      await collection.insertMany(
        own.map((event) => documentOf(run, event)),
        { ordered: false },
      );
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
    }
  }

  /**
   * Command follows command without a pause: a server that is killed in between, and may have lost what it had
   * acknowledged, fails the next one, so the mark stays where it was.
   */
  async function append(batch: LogBatch): Promise<'ok' | 'gap'> {
    const { run, from, upTo } = batch;
    await enrol(run);
    for (const channel of CHANNELS) await write(run.id, channel, batch);
    const { matchedCount } = await link.runs.updateOne(
      { _id: run.id, mark: packPosition(from) },
      { $set: { mark: packPosition(upTo), movedAt: now() } },
    );
    if (matchedCount > 0) return 'ok';
    // Put back from an older copy, perhaps from before there was this run.
    known.clear();
    indexed.clear();
    return 'gap';
  }

  return {
    ...mongoReaderOf(link),
    append: (batch) => link.attempt(() => append(batch)),
  };
}

async function createIndexes(collection: Collection<EventDocument>): Promise<void> {
  await collection.createIndexes([
    { key: { run: 1, position: 1 } },
    { key: { symbol: 1, at: 1 } },
    { key: { correlationId: 1 } },
  ]);
}
