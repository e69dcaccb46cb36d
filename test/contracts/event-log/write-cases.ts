import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { BEFORE_ALL, endOfInstant } from '../../../src/core/domain/events/position.ts';
import { RECORDED, recordedRun } from '../../recorded-run.ts';
import {
  at,
  batch,
  collect,
  copyAll,
  event,
  type LogCase,
  markOf,
  type OpenedLog,
  placesIn,
} from './opened.ts';

/** Lines that are no event of today's, and must come back all the same. */
const ODD_LINES: readonly Readonly<Record<string, unknown>>[] = [
  { symbol: 'M&M', why: '₹ "x" \'y\' \u0000 😀 {}[]', n: 1_700_000_000_000_123, x: 0.1, y: 5e-324, z: 1e21 },
  { symbol: 'half of a pair: \ud83d', list: [[], {}, [[1]], null, true, ''] },
  { run: 'mine', position: 7, recordedAt: 'then', line: '{}', _id: 'x', zebra: 1, apple: 2 },
  { values: { 'ema(9).5m': 1, $set: 2, '': 3, b: { 'a.b': 1 } }, 'top.level': 1, $inc: 1 },
  { 10: 'a', 9: 'b', 'a\u0000b': 1, nested: { 'c\u0000d': 1 }, É: -1.5, int32: 2 ** 31, double: 0.1 + 0.2 },
];

/** What copies into a log, and what it leaves behind. */
export const WRITE_CASES: readonly LogCase<OpenedLog>[] = [
  {
    title: 'knows no run at first, and gives no event of one it does not know',
    async check({ log }) {
      expect(await log.runs()).toEqual([]);
      expect(await collect(log)).toEqual([]);
      expect(await collect(log, { last: 3 })).toEqual([]);
    },
  },
  {
    title: 'takes events and moves the mark, which another reader sees',
    async check({ log, reader }) {
      expect(await log.append(batch(1, 3))).toBe('ok');
      expect(await log.append(batch(4, 4))).toBe('ok');
      const look = await reader();
      expect(await look.runs()).toEqual([
        { ...RECORDED, mark: endOfInstant(4), movedAt: expect.any(Number) },
      ]);
      expect(await placesIn(look)).toEqual(['1.0.0', '2.0.0', '3.0.0', '4.0.0']);
    },
  },
  {
    title: 'moves the mark where there is no event',
    async check({ log }) {
      expect(await log.append(batch(1, 3, { events: [] }))).toBe('ok');
      expect(await markOf(log)).toEqual(endOfInstant(3));
      expect(await collect(log)).toEqual([]);
    },
  },
  {
    title: 'gives every line of a real run back byte for byte, in order',
    async check({ log, reader }) {
      const events = await recordedRun();
      await copyAll(log, events);
      const found = await collect(await reader());
      expect(found.map(({ line }) => line)).toEqual(events.map(({ line }) => line));
      expect(found.map(({ position, channel }) => ({ position, channel }))).toEqual(
        events.map(({ position, channel }) => ({ position, channel })),
      );
    },
  },
  {
    title: 'gives odd lines back byte for byte, with the wall clock of their commit',
    async check({ log }) {
      const events = ODD_LINES.map((fields, i) => event(at(1, 0, i), fields));
      expect(await log.append(batch(1, 1, { events }))).toBe('ok');
      expect(await collect(log)).toEqual(events);
    },
  },
  {
    title: 'has an event once however often it comes, and leaves it as it was',
    async check({ log, another }) {
      await log.append(batch(1, 4));
      const again = [...batch(1, 4).events, event(at(5))].map((of) => ({ ...of, recordedAt: 1 }));
      const copier = await another();
      expect(await copier.append(batch(5, 5, { events: again }))).toBe('ok');
      const found = await collect(log);
      expect(found.map(({ position }) => position.n)).toEqual([1, 2, 3, 4, 5]);
      expect(found.slice(0, 4)).toEqual(batch(1, 4).events);
    },
  },
  {
    title: 'keeps two events of one position, and pages past them',
    async check({ log }) {
      const twins = Array.from({ length: 1500 }, (_, k) =>
        event(at(1 + Math.floor(k / 2)), { id: `${k % 2}.${k}` }),
      );
      expect(await log.append(batch(1, 800, { events: twins }))).toBe('ok');
      const ids = (await collect(log)).map(({ line }) => line);
      expect(ids).toHaveLength(1500);
      expect(new Set(ids).size).toBe(1500);
    },
  },
  {
    title: 'answers gap where the mark is not at from, and leaves the mark where it is',
    async check({ log }) {
      await log.append(batch(1, 2));
      expect(await log.append(batch(1, 2)), 'a resend').toBe('gap');
      expect(await log.append(batch(1, 1)), 'behind').toBe('gap');
      expect(await log.append(batch(5, 6)), 'beyond').toBe('gap');
      expect(await markOf(log)).toEqual(endOfInstant(2));
      expect(await placesIn(log), 'nothing beyond the mark is shown').toEqual(['1.0.0', '2.0.0']);
      expect(await log.append(batch(3, 6))).toBe('ok');
      expect(await placesIn(log)).toHaveLength(6);
    },
  },
  {
    title: 'answers gap to a run that it does not know from any but the beginning',
    async check({ log }) {
      expect(await log.append(batch(3, 4))).toBe('gap');
      expect((await markOf(log)) ?? BEFORE_ALL).toEqual(BEFORE_ALL);
      expect(await log.append(batch(1, 4))).toBe('ok');
    },
  },
  {
    title: 'never shows a mark beyond what is there',
    async check({ log, reader }) {
      const look = await reader();
      let isWriting = true;
      const seen: (readonly [mark: number, events: number])[] = [];
      const watched = (async () => {
        while (isWriting) {
          const mark = (await markOf(look)) ?? BEFORE_ALL;
          seen.push([mark.n, (await collect(look, { upTo: mark })).length]);
          await setImmediate();
        }
      })();
      for (let n = 1; n <= 60; n += 3) expect(await log.append(batch(n, n + 2))).toBe('ok');
      isWriting = false;
      await watched;
      expect(seen.filter(([mark, events]) => events !== mark)).toEqual([]);
    },
  },
  {
    title: 'lets one of two copiers move the mark, and loses nothing',
    async check({ log, another }) {
      const copiers = [log, await another()];
      const answers = await Promise.all(copiers.map((copier) => copier.append(batch(1, 5))));
      expect([...answers].sort()).toEqual(['gap', 'ok']);
      expect(await placesIn(log)).toHaveLength(5);
    },
  },
  {
    title: 'keeps runs apart, the one moved last at the end',
    async check({ log }) {
      const august = { ...RECORDED, id: 'august', configHash: 'decaf' };
      await log.append(batch(1, 3));
      await setImmediate();
      await log.append(batch(1, 5, { run: august }));
      expect((await log.runs()).map(({ id, mark }) => [id, mark.n])).toEqual([
        ['july', 3],
        ['august', 5],
      ]);
      expect(await placesIn(log)).toHaveLength(3);
      expect(await placesIn(log, { run: 'august' })).toHaveLength(5);
      expect(await collect(log, { run: 'september' })).toEqual([]);
    },
  },
  {
    title: 'refuses another run of the same name, and changes nothing',
    async check({ log, another }) {
      await log.append(batch(1, 2));
      for (const change of [{ configHash: 'decaf' }, { feed: 'csv:august.csv' }]) {
        const refused = (await another()).append(batch(3, 4, { run: { ...RECORDED, ...change } }));
        await expect(refused).rejects.toMatchObject({
          code: 'CONFIG',
          message: expect.stringContaining('"july"'),
          hint: expect.stringContaining('another name'),
        });
      }
      expect(await markOf(log)).toEqual(endOfInstant(2));
    },
  },
  {
    title: 'tells the mark at once, then when it has moved, until the signal aborts',
    async check({ log, reader }) {
      const stop = new AbortController();
      const marks = (await reader()).watch(RECORDED.id, stop.signal)[Symbol.asyncIterator]();
      await log.append(batch(1, 2));
      expect((await marks.next()).value).toEqual(endOfInstant(2));
      const moved = marks.next();
      await log.append(batch(3, 3));
      expect((await moved).value).toEqual(endOfInstant(3));
      const ended = marks.next();
      stop.abort();
      expect((await ended).done).toBe(true);
    },
  },
  {
    title: 'throws BUG after it has been closed, which may be said twice',
    async check({ log }) {
      await log.append(batch(1, 1));
      await log[Symbol.asyncDispose]();
      await log[Symbol.asyncDispose]();
      await expect(log.append(batch(2, 2))).rejects.toMatchObject({ code: 'BUG' });
      await expect(log.runs()).rejects.toMatchObject({ code: 'BUG' });
    },
  },
];
