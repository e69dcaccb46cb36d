import { expect } from 'vitest';
import { BEFORE_ALL, endOfInstant } from '../../../src/core/domain/events/position.ts';
import { HEARTBEAT_FRESH_MS } from '../../../src/core/ports/store.ts';
import { commitOf, instant, RUN, type StoreCase, start, startAll } from './opened.ts';

/** Who may write: runs, epochs, heartbeats. */
export const START_CASES: readonly StoreCase[] = [
  {
    title: 'gives each service its first epoch and the mark before all',
    async check({ store }) {
      const started = await store.start({ run: RUN, services: ['screen', 'exec'] });
      expect(started).toEqual({
        screen: { epoch: 1, done: BEFORE_ALL },
        exec: { epoch: 1, done: BEFORE_ALL },
      });
    },
  },
  {
    title: 'gives a higher epoch at every start, together with the mark as it stands',
    async check({ store, pass }) {
      await start(store, 'screen');
      await store.commit(instant(1));
      await pass(HEARTBEAT_FRESH_MS);
      expect(await start(store, 'screen')).toEqual({ epoch: 2, done: endOfInstant(1) });
      await pass(HEARTBEAT_FRESH_MS);
      expect(await start(store, 'screen')).toEqual({ epoch: 3, done: endOfInstant(1) });
      expect(await start(store, 'risk')).toEqual({ epoch: 1, done: BEFORE_ALL });
    },
  },
  {
    title: 'refuses to start beside a heartbeat younger than 15 s, by name, and changes nothing',
    async check({ store, another, pass }) {
      await start(store, 'screen');
      await pass(HEARTBEAT_FRESH_MS - 5000);
      await expect(start(await another(), 'screen')).rejects.toMatchObject({
        code: 'CONFIG',
        message: expect.stringMatching(/^screen already runs: its last heartbeat is \d+ s old\.$/),
        hint: expect.stringContaining('--take-over'),
      });
      expect(await store.commit(commitOf())).toBe('ok');
    },
  },
  {
    title: 'tells how long ago each service was heard',
    async check({ store, reader, pass }) {
      const look = await reader();
      const none = { screen: undefined, mse: undefined, risk: undefined, exec: undefined };
      expect(await look.heartbeatAges()).toEqual(none);
      await start(store, 'screen');
      await pass(7000);
      await start(store, 'risk');
      for (const ages of [await store.heartbeatAges(), await look.heartbeatAges()]) {
        expect(ages.screen).toBeGreaterThanOrEqual(7000);
        expect(ages.screen).toBeLessThan(12_000);
        expect(ages.risk).toBeLessThan(5000);
        expect(ages.exec).toBeUndefined();
      }
      await store.leave('screen', 1);
      expect((await look.heartbeatAges()).screen).toBeUndefined();
    },
  },
  {
    title: 'starts all of the services or none of them',
    async check({ store }) {
      await start(store, 'risk');
      const services = ['screen', 'mse', 'risk', 'exec'] as const;
      await expect(store.start({ run: RUN, services })).rejects.toMatchObject({ code: 'CONFIG' });
      expect(await start(store, 'screen')).toEqual({ epoch: 1, done: BEFORE_ALL });
    },
  },
  {
    title: 'starts beside a heartbeat of 15 s',
    async check({ store, pass }) {
      await start(store, 'screen');
      await pass(HEARTBEAT_FRESH_MS);
      expect(await start(store, 'screen')).toMatchObject({ epoch: 2 });
    },
  },
  {
    title: 'keeps a service that beats',
    async check({ store, pass }) {
      await start(store, 'screen');
      await pass(HEARTBEAT_FRESH_MS - 5000);
      expect(await store.heartbeat('screen', 1)).toBe('ok');
      await pass(HEARTBEAT_FRESH_MS - 5000);
      await expect(start(store, 'screen')).rejects.toMatchObject({ code: 'CONFIG' });
    },
  },
  {
    title: 'lets a start take the place of a living copy, which its next heartbeat and commit learn',
    async check({ store, another }) {
      const older = await another();
      await start(older, 'screen');
      expect(await start(store, 'screen', true)).toMatchObject({ epoch: 2 });
      expect(await older.heartbeat('screen', 1)).toBe('fenced');
      expect(await older.commit(commitOf({ epoch: 1 }))).toBe('fenced');
      expect(await store.commit(commitOf({ epoch: 2 }))).toBe('ok');
    },
  },
  {
    title: 'starts at once after a clean end',
    async check({ store }) {
      await start(store, 'screen');
      await store.leave('screen', 1);
      expect(await start(store, 'screen')).toMatchObject({ epoch: 2 });
    },
  },
  {
    title: 'does not let a fenced copy end the younger one',
    async check({ store }) {
      await start(store, 'screen');
      await start(store, 'screen', true);
      await store.leave('screen', 1);
      await expect(start(store, 'screen')).rejects.toMatchObject({ code: 'CONFIG' });
    },
  },
  {
    title: 'starts one of two that come at the same time',
    async check({ store, another }) {
      const answers = await Promise.allSettled([start(store, 'screen'), start(await another(), 'screen')]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    },
  },
  {
    title: 'holds one run, named at its first start',
    async check({ store, reader }) {
      const look = await reader();
      expect(await look.run()).toBeUndefined();
      await start(store, 'screen');
      expect(await look.run()).toEqual(RUN);
      expect(await store.run()).toEqual(RUN);
    },
  },
  {
    title: 'refuses another run by name, and changes nothing',
    async check({ store }) {
      await start(store, 'screen');
      const run = { ...RUN, id: 'august' };
      await expect(store.start({ run, services: ['screen'], takeOver: true })).rejects.toMatchObject({
        code: 'CONFIG',
        message: expect.stringMatching(/"july".*"august"/),
      });
      expect(await store.commit(commitOf({ epoch: 1 }))).toBe('ok');
      expect(await store.run()).toEqual(RUN);
    },
  },
  {
    title: 'refuses a run whose configuration has changed',
    async check({ store }) {
      await start(store, 'screen');
      const run = { ...RUN, configHash: 'decaf' };
      await expect(store.start({ run, services: ['mse'] })).rejects.toMatchObject({
        code: 'CONFIG',
        message: expect.stringMatching(/"july".*c0ffee.*decaf/),
        hint: expect.stringContaining('new run'),
      });
    },
  },
  {
    title: 'refuses a run whose feed is another',
    async check({ store }) {
      await start(store, 'screen');
      const run = { ...RUN, feed: 'csv:august.csv' };
      await expect(store.start({ run, services: ['mse'] })).rejects.toMatchObject({
        code: 'CONFIG',
        message: expect.stringMatching(/"july".*another feed/),
        hint: expect.stringContaining('new run'),
      });
      expect(await store.run()).toEqual(RUN);
    },
  },
  {
    title: 'fences whoever has not started',
    async check({ store }) {
      expect(await store.heartbeat('screen', 0)).toBe('fenced');
      expect(await store.commit(commitOf({ epoch: 0 }))).toBe('fenced');
      await startAll(store);
      expect(await store.commit(commitOf({ epoch: 0 }))).toBe('fenced');
      expect(await store.commit(commitOf({ epoch: 2 }))).toBe('fenced');
    },
  },
  {
    title: 'throws BUG after it has been closed, which may be said twice',
    async check({ store }) {
      await startAll(store);
      await store[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await expect(store.done()).rejects.toMatchObject({ code: 'BUG' });
      await expect(store.commit(commitOf())).rejects.toMatchObject({ code: 'BUG' });
    },
  },
];
