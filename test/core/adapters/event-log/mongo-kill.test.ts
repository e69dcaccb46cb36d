import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/adapters/clock/system.ts';
import { openMongoLog } from '../../../../src/core/adapters/event-log/mongo.ts';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import type { EventLog } from '../../../../src/core/ports/event-log.ts';
import type { Append, Store } from '../../../../src/core/ports/store.ts';
import { runEventLogCopier } from '../../../../src/core/services/event-log-copier.ts';
import { collect, markOf } from '../../../contracts/event-log/opened.ts';
import {
  HAS_MONGO_JAVA_SERVER,
  type StartedServer,
  startMongoJavaServer,
} from '../../../mongo-java-server/start.ts';
import { openStoreWriter, recordedRun } from '../../../recorded-run.ts';
import { freshFolder } from '../../../tradekit.ts';

const KILLS = 3;
/** Tries again sooner than a user's. */
const RESTLESS = { ...systemClock, sleep: (ms: number) => systemClock.sleep(Math.min(ms, 200)) };
/** A JVM starts in some seconds, and in more on a busy machine. */
const PATIENCE_MS = 300_000;

describe.skipIf(!HAS_MONGO_JAVA_SERVER)(
  'an event log whose server is killed (needs mongo-java-server: Java 17 and the jars that .ci/run fetches)',
  () => {
    const folder = freshFolder();
    const file = join(folder.path, 'mongo.db');
    let events: readonly Append[] = [];
    let store: Store;
    let server: StartedServer;
    let log: EventLog;

    beforeAll(async () => {
      events = await recordedRun();
      server = await startMongoJavaServer({ file });
    });
    afterAll(async () => {
      await server.stop();
      folder.remove();
    });
    beforeEach(async () => {
      store = createMemoryStore();
      await (await openStoreWriter(store, events)).write();
    });

    async function restart(): Promise<void> {
      server = await startMongoJavaServer({ file, port: server.port });
    }

    /** Copies in small batches; `disturb` is called as batches are done, and awaited at the end. */
    async function copy(database: string, disturb: (batches: number) => Promise<void> | undefined) {
      log = openMongoLog(server.url.replace(/tradekit$/, database), { findMs: 1000, silentMs: 15_000 });
      const told: string[] = [];
      const disturbed: Promise<void>[] = [];
      let batches = 0;
      const end = await runEventLogCopier({
        store,
        log,
        clock: RESTLESS,
        signal: new AbortController().signal,
        batchMax: 100,
        onAway: () => told.push('away'),
        onBack: () => told.push('back'),
        onCopied() {
          batches += 1;
          const trouble = disturb(batches);
          if (trouble !== undefined) disturbed.push(trouble);
        },
      });
      await Promise.all(disturbed);
      return { ...end, told };
    }

    async function expectEverythingOnce(): Promise<void> {
      const found = await collect(log);
      expect(found.map(({ line }) => line)).toEqual(events.map(({ line }) => line));
      expect((await markOf(log))?.n).toBe(events.at(-1)?.position.n);
      await log[Symbol.asyncDispose]();
    }

    it(
      `has every event exactly once after ${KILLS} kill -9 in the middle of batches`,
      async () => {
        let kills = 0;
        const { told, isComplete } = await copy('killed', (batches) => {
          if (batches < (kills + 1) * 12 || kills === KILLS) return undefined;
          kills += 1;
          // Not awaited here: the next batch is under way when the server dies.
          return new Promise((resolve, reject) => {
            setImmediate(() => {
              server.kill().then(restart).then(resolve, reject);
            });
          });
        });
        expect(kills).toBe(KILLS);
        expect(told).toEqual(Array.from({ length: KILLS }, () => ['away', 'back']).flat());
        expect(isComplete).toBe(true);
        await expectEverythingOnce();
      },
      PATIENCE_MS,
    );

    it(
      'has every event exactly once after an older copy of its file was put back',
      async () => {
        const copies = join(folder.path, 'older.db');
        let step = 0;
        const { isComplete, copied } = await copy('restored', (batches) => {
          if (step === 0 && batches === 15) {
            step = 1;
            return server.stop().then(() => {
              copyFileSync(file, copies);
              return restart();
            });
          }
          if (step === 1 && batches === 35) {
            step = 2;
            return server.stop().then(() => {
              copyFileSync(copies, file);
              return restart();
            });
          }
          return undefined;
        });
        expect(step).toBe(2);
        expect(isComplete).toBe(true);
        expect(copied, 'what was lost came again, and counts once').toBe(events.length);
        await expectEverythingOnce();
      },
      PATIENCE_MS,
    );
  },
);
