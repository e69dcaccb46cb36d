import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STAGE_NAMES } from '../../src/core/domain/events/channels.ts';
import { differences, eventsOfLoop, eventsOfRedis, writeLines } from '../pipeline/events.ts';
import { type Pipeline, startPipeline, untilDone } from '../pipeline/pipeline.ts';
import { endAll } from '../pipeline/service.ts';
import { firstDays } from '../pipeline/tapes.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { type Fate, type RespProxy, startRespProxy } from '../resp-proxy.ts';
import { SHARED } from '../shared.ts';
import { freshFolder } from '../tradekit.ts';
import { COMMIT_TO } from './doomed.ts';

/** Redis stops answering, drops a connection in the middle of a commit, loses everything: DESIGN §4, on real processes. */

const folder = freshFolder();
const TAPE = firstDays('20150707', folder.path);
afterAll(() => folder.remove());

const STARTS = /waiting for screen|, epoch \d+, process/;
const AWAY = /^(\w+): Redis did not answer at "redis:.*": .*\. Trying again for 60 s\.$/;
const BACK = /^(\w+): The store is back after \d+(\.\d)? s: going on\.$/;
const DONE = /^(\w+): the feed has ended and all of it is done\.$/;

describe.skipIf(SHARED === undefined || !HAS_REDIS)(
  'Redis away (needs ../shared/data and redis-server)',
  () => {
    let expected: string;
    let server: RedisServer;
    const proxies: RespProxy[] = [];
    let orders: string[] = [];

    beforeAll(async () => {
      expected = writeLines(`${folder.path}/expected`, await eventsOfLoop(TAPE));
    });
    beforeEach(async () => {
      server = await startRedis();
      orders = [];
      const subscriber = server.admin.duplicate();
      subscriber.on('error', () => {}).on('message', (_, line) => orders.push(JSON.parse(line).id));
      await subscriber.subscribe('EXECUTION.ORDER_PLACED');
      subscribers.push(subscriber);
    });
    const subscribers: { disconnect(): void }[] = [];
    afterEach(async () => {
      server.goOn();
      await endAll();
      for (const subscriber of subscribers.splice(0)) subscriber.disconnect();
      for (const proxy of proxies.splice(0)) await proxy.close();
      await server.stop();
    });

    /** A replay that takes some 15 s, and when its commits go so far. */
    async function replay(more: readonly string[] = []): Promise<{
      readonly services: Pipeline;
      reached(n: number): Promise<void>;
    }> {
      const waiting: { readonly n: number; readonly resolve: () => void }[] = [];
      const proxy = await startRespProxy(server.port, {
        onRequest(kind, words): Fate {
          const to = kind === 'commit' ? Number(words[COMMIT_TO]?.split('-')[0]) : 0;
          for (const { n, resolve } of waiting) if (to >= n) resolve();
          return 'pass';
        },
      });
      proxies.push(proxy);
      const services = startPipeline({
        tape: TAPE,
        url: server.url,
        cwd: folder.path,
        speed: '3000',
        urls: { screen: proxy.url },
        more,
      });
      return { services, reached: (n) => new Promise((resolve) => void waiting.push({ n, resolve })) };
    }

    async function expectAll(): Promise<void> {
      const found = writeLines(`${folder.path}/found`, await eventsOfRedis(server.admin));
      expect(differences(expected, found)).toEqual([]);
      expectNoOrderTwice();
    }

    function expectNoOrderTwice(): void {
      expect(orders.length).toBeGreaterThan(0);
      expect(new Set(orders).size).toBe(orders.length);
    }

    it('stopped for 1, 5 and 30 s: one line when it is away, one when it is back', {
      timeout: 150_000,
    }, async () => {
      const { services, reached } = await replay();
      const stops = [
        { n: 100, ms: 1000 },
        { n: 300, ms: 5000 },
        { n: 500, ms: 30_000 },
      ];
      for (const { n, ms } of stops) {
        await reached(n);
        server.pause();
        await pause(ms);
        server.goOn();
      }
      await untilDone(Object.values(services));
      for (const name of STAGE_NAMES) {
        const said = services[name].said.filter((line) => !STARTS.test(line));
        console.log(said.join('\n'));
        // A second is no absence: a call waits for 3 s.
        const kinds = [AWAY, BACK, AWAY, BACK, DONE];
        expect(said).toHaveLength(kinds.length);
        for (const [i, kind] of kinds.entries()) expect(said[i]).toMatch(kind);
        for (const line of said) expect(line.startsWith(`${name}: `)).toBe(true);
      }
      await expectAll();
    });

    it('away for longer than --store-timeout: each gives up with one sentence, and goes on when started again', {
      timeout: 90_000,
    }, async () => {
      const { services, reached } = await replay(['--store-timeout', '1']);
      await reached(200);
      server.pause();
      for (const name of STAGE_NAMES) {
        expect(await services[name].exit).toEqual({ code: 1, signal: null });
        expect(services[name].said.filter((line) => !STARTS.test(line))).toEqual([
          expect.stringMatching(/Trying again for 1\.0 s\.$/),
          expect.stringMatching(/^Redis did not answer at ".*": .*\. It was away for 1\.0 s: giving up\.$/),
          'Nothing is lost: start it again when the store is back. --store-timeout waits longer.',
        ]);
      }
      server.goOn();
      const again = startPipeline({
        tape: TAPE,
        url: server.url,
        cwd: folder.path,
        more: ['--take-over'],
      });
      await untilDone(Object.values(again));
      await expectAll();
    });

    it('connections dropped in the middle of commits, before and after the server did them', {
      timeout: 90_000,
    }, async () => {
      const urls: Record<string, string> = {};
      for (const name of STAGE_NAMES) {
        let commits = 0;
        const isDue = (at: number, kind: string): boolean => kind === 'commit' && commits === at;
        const proxy = await startRespProxy(server.port, {
          onRequest(kind): Fate {
            if (kind === 'commit') commits += 1;
            return isDue(4, kind) ? 'cut' : 'pass';
          },
          onReply: (kind): Fate => (isDue(10, kind) ? 'cut' : 'pass'),
        });
        proxies.push(proxy);
        urls[name] = proxy.url;
      }
      const services = startPipeline({
        tape: TAPE,
        url: server.url,
        cwd: folder.path,
        speed: '3000',
        urls,
      });
      await untilDone(Object.values(services));
      for (const { said } of Object.values(services)) {
        const kinds = [AWAY, BACK, AWAY, BACK, DONE];
        const lines = said.filter((line) => !STARTS.test(line));
        expect(lines).toHaveLength(kinds.length);
        for (const [i, kind] of kinds.entries()) expect(lines[i]).toMatch(kind);
      }
      await expectAll();
    });

    it('emptied: every service ends with the sentence, also those that wait, and nothing is written any more', {
      timeout: 60_000,
    }, async () => {
      const { services, reached } = await replay();
      await reached(400);
      await server.admin.flushall();
      for (const name of STAGE_NAMES) {
        expect(await services[name].exit).toEqual({ code: 1, signal: null });
        expect(services[name].said.filter((line) => !STARTS.test(line))).toEqual([
          `The store was emptied while ${name} ran: the run is gone, so it stops.`,
          'Look into the account before anything else, then start a new run.',
        ]);
      }
      expect(await server.admin.dbsize()).toBe(0);
      expectNoOrderTwice();
    });
  },
);
