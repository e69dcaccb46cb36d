import { expect } from 'vitest';
import { BEFORE_ALL, endOfInstant, endOfRank } from '../../../src/core/domain/events/position.ts';
import type { Commit, Store } from '../../../src/core/ports/store.ts';
import {
  at,
  commitOf,
  doneOf,
  event,
  instant,
  placesIn,
  readAll,
  type StoreCase,
  start,
  startAll,
} from './opened.ts';

const KILLED = { requires: { absent: 'TG:KILL' } } as const;

/** exec accepts an entry at the first instant. */
function entry(parts: Partial<Commit> = {}): Commit {
  return commitOf({
    service: 'exec',
    to: endOfRank(1, 5),
    appends: [event(at(1, 5), 'EXECUTION.ORDER_PLACED')],
    writes: [{ key: 'POS:SBIN', value: { qty: '100', side: 'buy' } }],
    ...KILLED,
    ...parts,
  });
}

async function expectNothingOf(store: Store, { service, from }: Commit): Promise<void> {
  expect(await placesIn(store)).toEqual([]);
  expect(await store.key('POS:SBIN')).toBeUndefined();
  expect(await doneOf(store, service)).toEqual(from);
}

/** What a commit does, and its answers in the order in which they are tested. */
export const COMMIT_CASES: readonly StoreCase[] = [
  {
    title: 'appends, writes and moves the mark',
    async check({ store }) {
      await startAll(store);
      expect(await store.commit(entry())).toBe('ok');
      expect(await placesIn(store)).toEqual(['1.5.0']);
      expect(await store.key('POS:SBIN')).toEqual({ qty: '100', side: 'buy' });
      expect(await doneOf(store, 'exec')).toEqual(endOfRank(1, 5));
      expect(await doneOf(store, 'screen')).toEqual(BEFORE_ALL);
    },
  },
  {
    title: 'appends each event of a large commit once, in order, whatever their number',
    async check({ store }) {
      await startAll(store);
      // Around 20 and 200, which SQLite writes in one statement each, and 256, of which it makes one row
      const signals = [1, 19, 20, 21, 39, 40, 41, 199, 200, 201, 219, 220, 221, 441];
      const candles = [1, 255, 256, 257, 511, 512, 513];
      const counts = [
        ...signals.map((count) => [count, 2, 'SIGNALS.POTENTIAL'] as const),
        ...candles.map((count) => [count, 0, 'MARKET.CANDLE'] as const),
      ];
      for (const [k, [count, rank, channel]] of counts.entries()) {
        const n = k + 1;
        const appends = Array.from({ length: count }, (_, i) => event(at(n, rank, i), channel));
        expect(await store.commit(instant(n, { appends }))).toBe('ok');
        const after = n === 1 ? BEFORE_ALL : endOfInstant(n - 1);
        const found = await store.read({ after, upTo: endOfInstant(n) });
        expect(found.map(({ position, channel, line }) => ({ position, channel, line }))).toEqual(appends);
      }
    },
  },
  {
    title: 'moves the mark also where there is nothing to say',
    async check({ store }) {
      await startAll(store);
      expect(await store.commit(instant(1, { appends: [] }))).toBe('ok');
      expect(await store.commit(instant(2, { appends: [] }))).toBe('ok');
      expect(await doneOf(store)).toEqual(endOfInstant(2));
      expect(await placesIn(store)).toEqual([]);
    },
  },
  {
    title: 'knows a resend by its token, and does nothing twice',
    async check({ store, another }) {
      await startAll(store);
      const first = instant(1, { ...KILLED, writes: [{ key: 'TG:LOCK:SBIN', value: 'a' }] });
      expect(await store.commit(first)).toBe('ok');
      await (await another()).halt('meanwhile');
      expect(await store.commit(first)).toBe('already');
      expect(await (await another()).commit(first)).toBe('already');
      expect(await placesIn(store)).toEqual(['1.0.0']);
    },
  },
  {
    title: 'does not take a late request for a resend: same place, another token',
    async check({ store }) {
      await startAll(store);
      const first = instant(1);
      await store.commit(first);
      expect(await store.commit({ ...first, token: 'another' })).toBe('gap');
      expect(await placesIn(store)).toEqual(['1.0.0']);
    },
  },
  {
    title: 'does not take a request from before the last commit for a resend',
    async check({ store }) {
      await startAll(store);
      const first = instant(1);
      await store.commit(first);
      await store.commit(instant(2));
      expect(await store.commit(first)).toBe('gap');
      expect(await store.commit(instant(1))).toBe('gap');
      expect(await placesIn(store)).toEqual(['1.0.0', '2.0.0']);
      expect(await doneOf(store)).toEqual(endOfInstant(2));
    },
  },
  {
    title: 'answers fenced before already: a replaced copy ends, resend or not',
    async check({ store }) {
      await startAll(store);
      const first = instant(1);
      await store.commit(first);
      await start(store, 'screen', true);
      expect(await store.commit(first)).toBe('fenced');
      expect(await store.commit({ ...first, epoch: 2 })).toBe('already');
    },
  },
  {
    title: 'answers fenced before gap and refused, and leaves nothing behind',
    async check({ store }) {
      await startAll(store);
      await store.halt('test');
      await start(store, 'exec', true);
      const late = entry({ from: at(1), epoch: 1 });
      expect(await store.commit(late)).toBe('fenced');
      expect(await store.commit(entry({ epoch: 1 }))).toBe('fenced');
      await expectNothingOf(store, entry());
    },
  },
  {
    title: 'answers gap where the mark is behind or beyond, before refused, and leaves nothing behind',
    async check({ store }) {
      await startAll(store);
      await store.halt('test');
      expect(await store.commit(entry({ from: at(1, 4) }))).toBe('gap');
      await expectNothingOf(store, entry());
      await store.commit(instant(1, { appends: [], to: at(1, 0, 5) }));
      expect(await store.commit(instant(1))).toBe('gap');
      expect(await store.commit(instant(2))).toBe('gap');
      expect(await placesIn(store)).toEqual([]);
      expect(await doneOf(store)).toEqual(at(1, 0, 5));
    },
  },
  {
    title: 'refuses an entry while TG:KILL is there, and leaves nothing behind',
    async check({ store, another }) {
      await startAll(store);
      await (await another()).halt('too many losses');
      const asked = entry();
      expect(await store.commit(asked)).toBe('refused');
      await expectNothingOf(store, asked);
      expect(await store.commit(asked)).toBe('refused');
      expect(await store.commit(entry({ appends: [], writes: [], requires: { absent: 'POS:SBIN' } }))).toBe(
        'ok',
      );
    },
  },
  {
    title: 'commits what does not ask for it beside TG:KILL, and entries again when it is gone',
    async check({ store }) {
      await startAll(store);
      await store.halt('first reason');
      await store.halt('second reason');
      expect(await store.key('TG:KILL')).toBe('first reason');
      const met = { from: BEFORE_ALL, to: endOfRank(1, 1), writes: [] };
      const exit = commitOf({
        service: 'exec',
        ...met,
        appends: [event(at(1, 1), 'EXECUTION.POSITION_CLOSED')],
      });
      expect(await store.commit(exit)).toBe('ok');
      await store.resume();
      expect(await store.key('TG:KILL')).toBeUndefined();
      expect(await store.commit(entry({ from: met.to }))).toBe('ok');
    },
  },
  {
    title: 'appends in (from, to] only, ascending, and throws BUG at anything else',
    async check({ store }) {
      await startAll(store);
      await store.commit(instant(1));
      const beyond = [[at(3)], [at(2), at(3)], [at(1)], [endOfInstant(1)], [at(2, 2), at(2)], [at(2), at(2)]];
      for (const places of beyond) {
        const asked = instant(2, { appends: places.map((place) => event(place)) });
        await expect(store.commit(asked), JSON.stringify(places)).rejects.toMatchObject({ code: 'BUG' });
      }
      const stays = instant(2, { to: endOfInstant(1), appends: [] });
      await expect(store.commit(stays)).rejects.toMatchObject({ code: 'BUG' });
      expect(await placesIn(store)).toEqual(['1.0.0']);
      expect(await doneOf(store)).toEqual(endOfInstant(1));
      const whole = instant(2, { to: at(2, 2, 7), appends: [event(at(2)), event(at(2, 2, 7))] });
      expect(await store.commit(whole)).toBe('ok');
    },
  },
  {
    title: "throws BUG where a service writes another one's channel or rank",
    async check({ store }) {
      await startAll(store);
      const appends = [[event(at(1, 0), 'SIGNALS.RISK_VALIDATED')], [event(at(1, 4))], [event(at(1, 9))]];
      for (const asked of appends) {
        await expect(store.commit(instant(1, { appends: asked }))).rejects.toMatchObject({ code: 'BUG' });
      }
      expect(await placesIn(store)).toEqual([]);
    },
  },
  {
    title: 'sets, replaces and deletes keys: texts and hashes',
    async check({ store, reader }) {
      await startAll(store);
      const look = await reader();
      const writes = [
        { key: 'POS:M&M', value: { qty: '5', note: 'a "quoted" ₹ note' } },
        { key: 'TG:LOCK:M&M', value: '2015-07-06' },
        { key: 'TG:KILL', value: 'daily loss' },
      ] as const;
      await store.commit(instant(1, { writes }));
      expect(await look.key('POS:M&M')).toEqual({ qty: '5', note: 'a "quoted" ₹ note' });
      expect(await look.key('TG:LOCK:M&M')).toBe('2015-07-06');
      expect(await look.key('TG:KILL')).toBe('daily loss');
      await store.commit(
        instant(2, {
          writes: [
            { key: 'POS:M&M', value: { qty: '0' } },
            { key: 'TG:LOCK:M&M', value: undefined },
            { key: 'TG:LOCK:SBIN', value: undefined },
          ],
        }),
      );
      expect(await look.key('POS:M&M')).toEqual({ qty: '0' });
      expect(await look.key('TG:LOCK:M&M')).toBeUndefined();
    },
  },
  {
    title: 'shows nothing half: events and the mark appear together',
    async check({ store, reader }) {
      await startAll(store);
      const look = await reader();
      for (let n = 1; n <= 20; n += 1) {
        const appends = [event(at(n)), event(at(n, 0, 1)), event(at(n, 2), 'SIGNALS.POTENTIAL')];
        let settled = false;
        const answer = store.commit(instant(n, { appends })).finally(() => {
          settled = true;
        });
        do {
          const seen = (await readAll(look)).length;
          const doneAfter = (await doneOf(look)).n;
          expect(seen, 'an event without its mark').toBeLessThanOrEqual(3 * doneAfter);
          const doneBefore = (await doneOf(look)).n;
          expect((await readAll(look)).length, 'a mark without its events').toBeGreaterThanOrEqual(
            3 * doneBefore,
          );
        } while (!settled);
        expect(await answer).toBe('ok');
      }
    },
  },
  {
    title:
      'takes nothing that was made of what it does not have: answers gap where a mark that was read is behind',
    async check({ store }) {
      await startAll(store);
      for (let n = 1; n <= 9; n += 1) await store.commit(instant(n));
      const plan = (read: Commit['read']) =>
        commitOf({ service: 'mse', to: endOfInstant(9), appends: [], ...(read && { read }) });
      expect(await store.commit(plan({ screen: endOfInstant(10) }))).toBe('gap');
      expect(await store.commit(plan({ screen: at(10) }))).toBe('gap');
      expect(await store.commit(plan({ screen: endOfInstant(9), exec: at(1) }))).toBe('gap');
      const fenced = { ...plan({ screen: endOfInstant(10) }), epoch: 7 };
      expect(await store.commit(fenced), 'who is fenced is told that first').toBe('fenced');
      expect(await doneOf(store, 'mse')).toEqual(BEFORE_ALL);
      const taken = plan({ screen: endOfInstant(9), exec: BEFORE_ALL });
      expect(await store.commit(taken)).toBe('ok');
      expect(await store.commit(taken)).toBe('already');
      const next = { service: 'mse', from: endOfInstant(9), appends: [] } as const;
      expect(await store.commit(commitOf({ ...next, to: at(10), read: { screen: at(9) } }))).toBe('ok');
      expect(await store.commit(commitOf({ ...next, from: at(10), to: at(11) }))).toBe('ok');
    },
  },
  {
    title: 'does one of many that start from the same mark at the same time',
    async check({ store, another }) {
      await startAll(store);
      const copies = [store, await another(), await another()];
      for (let n = 1; n <= 10; n += 1) {
        const answers = await Promise.all(
          copies.flatMap((copy) => [0, 1, 2].map(() => copy.commit(instant(n)))),
        );
        expect(answers.toSorted()).toEqual([...Array(8).fill('gap'), 'ok']);
      }
      expect(await placesIn(store)).toHaveLength(10);
    },
  },
  {
    title: 'commits for several services together: all of them',
    async check({ store }) {
      await startAll(store);
      const together = [instant(1), entry()];
      expect(await store.commit(...together)).toBe('ok');
      expect(await placesIn(store)).toEqual(['1.0.0', '1.5.0']);
      expect(await store.done()).toMatchObject({ screen: endOfInstant(1), exec: endOfRank(1, 5) });
      expect(await store.commit(...together)).toBe('already');
    },
  },
  {
    title: 'commits for several services together: or none of them',
    async check({ store }) {
      await startAll(store);
      expect(await store.commit(instant(1), entry({ from: at(1) }))).toBe('gap');
      expect(await store.commit(instant(1), entry({ epoch: 7 }))).toBe('fenced');
      await store.halt('test');
      expect(await store.commit(instant(1), entry())).toBe('refused');
      await expect(store.commit(instant(1), instant(2))).rejects.toMatchObject({ code: 'BUG' });
      await expectNothingOf(store, instant(1));
      await expectNothingOf(store, entry());
    },
  },
];
