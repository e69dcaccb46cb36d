import { type Collection, type Db, MongoClient } from 'mongodb';
import { TradekitError } from '../../domain/error.ts';
import type { Channel } from '../../domain/events/channels.ts';
import { redactUrl } from '../../domain/redact-url.ts';
import { collectionOf, type EventDocument } from './mongo-document.ts';
import { mongoError, noUrl } from './mongo-errors.ts';

/** A run of the log: its mark lives beside the events. */
export type RunDocument = {
  readonly _id: string;
  readonly configHash: string;
  readonly feed: string;
  /** Packed. */
  readonly mark: number;
  readonly movedAt: number;
};

export type MongoOptions = {
  /** How long a server may be looked for, and how long it may be silent. */
  readonly findMs?: number;
  readonly silentMs?: number;
  /** Wall clock, UTC epoch ms. */
  readonly now?: () => number;
};

/** One client and what is reached through it. */
export interface MongoLink extends AsyncDisposable {
  readonly runs: Collection<RunDocument>;
  events(channel: Channel): Collection<EventDocument>;
  /** What `work` gives; a failure is a rejection with a sentence. */
  attempt<Value>(work: () => Promise<Value>): Promise<Value>;
}

const DATABASE = 'tradekit';

/** Connects at the first use. @throws CONFIG where the URL is none */
export function openMongoLink(url: string, options: MongoOptions = {}): MongoLink {
  const { findMs = 3000, silentMs = 30_000 } = options;
  const shown = redactUrl(url);
  const client = clientOf(url, shown, { findMs, silentMs });
  const db = databaseOf(client, url);
  let isConnected = false;
  let closed = false;

  /** The driver finds a server again that it has seen once. Where its first try fails it must begin anew. */
  async function connect(): Promise<void> {
    if (isConnected) return;
    try {
      await client.connect();
      isConnected = true;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  return {
    runs: db.collection<RunDocument>('event_log_runs'),
    events: (channel) => db.collection<EventDocument>(collectionOf(channel)),
    async attempt(work) {
      if (closed) throw new TradekitError('BUG', `The event log at ${shown} has been closed.`);
      try {
        await connect();
        return await work();
      } catch (error) {
        throw mongoError(shown, error);
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await client.close();
    },
  };
}

function clientOf(url: string, shown: string, times: { readonly findMs: number; readonly silentMs: number }) {
  try {
    return new MongoClient(url, {
      appName: 'tradekit',
      serverSelectionTimeoutMS: times.findMs,
      connectTimeoutMS: times.findMs,
      socketTimeoutMS: times.silentMs,
      writeConcern: { w: 'majority', journal: true },
      readConcernLevel: 'majority',
    });
  } catch (error) {
    throw noUrl(shown, error);
  }
}

/** The URL's database; `tradekit` where it names none. */
function databaseOf(client: MongoClient, url: string): Db {
  const named = /^[^?]*\/\/[^/?]*\/([^?]+)/.test(url);
  return named ? client.db() : client.db(DATABASE);
}
