import { expect } from 'vitest';
import { BEFORE_ALL, endOfInstant, endOfRank } from '../../../src/core/domain/events/position.ts';
import type { Append, Store, StoreReader } from '../../../src/core/ports/store.ts';
import {
  at,
  commitOf,
  doneOf,
  event,
  instant,
  nextMarks,
  placesIn,
  readAll,
  type StoreCase,
  startAll,
} from './opened.ts';

/** Two instants of three services, the later positions committed first. */
async function fill(store: Store): Promise<void> {
  await startAll(store);
  const first = [event(at(1)), event(at(1, 0, 1)), event(at(1, 2), 'SIGNALS.POTENTIAL')];
  const second = [
    event(at(2)),
    event(at(2, 2), 'SIGNALS.POTENTIAL'),
    event(at(2, 2, 1), 'SIGNALS.POTENTIAL'),
  ];
  await store.commit(instant(1, { appends: first }));
  await store.commit(instant(2, { appends: second }));
  const plans = [event(at(1, 3), 'SIGNALS.MSE_OUTPUT'), event(at(2, 3), 'SIGNALS.MSE_OUTPUT')];
  await store.commit(commitOf({ service: 'mse', to: endOfInstant(2), appends: plans }));
  const fills = [event(at(1, 5), 'EXECUTION.ORDER_PLACED'), event(at(2, 1), 'EXECUTION.ORDER_FILLED')];
  await store.commit(commitOf({ service: 'exec', to: endOfRank(2, 1), appends: fills }));
}

const ALL = ['1.0.0', '1.0.1', '1.2.0', '1.3.0', '1.5.0', '2.0.0', '2.1.0', '2.2.0', '2.2.1', '2.3.0'];

async function places(reader: StoreReader, range: Parameters<StoreReader['read']>[0]): Promise<string> {
  const found = await reader.read(range);
  return found.map(({ position: { n, rank, i } }) => `${n}.${rank}.${i}`).join(' ');
}

const EVERYTHING = { after: BEFORE_ALL, upTo: endOfInstant(2) };

/** Instants of few and of many candles, each followed by two signals and a plan; in the order of positions. */
async function fillLong(store: Store): Promise<readonly Append[]> {
  await startAll(store);
  const all: Append[] = [];
  for (const [k, candles] of [300, 1, 2, 600, 5, 257, 1].entries()) {
    const n = k + 1;
    const ofScreen = [
      ...Array.from({ length: candles }, (_, i) => event(at(n, 0, i))),
      event(at(n, 2), 'SIGNALS.POTENTIAL'),
      event(at(n, 2, 1), 'SIGNALS.POTENTIAL'),
    ];
    const plan = event(at(n, 3), 'SIGNALS.MSE_OUTPUT');
    const from = n === 1 ? BEFORE_ALL : endOfInstant(n - 1);
    await store.commit(instant(n, { appends: ofScreen }));
    await store.commit(commitOf({ service: 'mse', from, to: endOfInstant(n), appends: [plan] }));
    all.push(...ofScreen, plan);
  }
  return all;
}

/** Places in `fillLong`, 1,187 events: at its ends, and around where instants and blocks of 256 candles begin and end. */
const PLACES = [-1, 0, 5, 254, 255, 256, 299, 300, 302, 303, 310, 700, 1186];

const RANGES = PLACES.flatMap((after, k) => {
  const channels = [
    undefined,
    ['MARKET.CANDLE'],
    ['SIGNALS.POTENTIAL', 'SIGNALS.MSE_OUTPUT'],
    ['MARKET.CANDLE', 'SIGNALS.MSE_OUTPUT'],
  ];
  const sizes = [1, 256, 300, 2000];
  return PLACES.slice(k).flatMap((upTo, j) =>
    sizes.map((max, m) => ({ after, upTo, max, channels: channels[(j + k + m) % channels.length] })),
  );
});

/** What readers see, and when they are woken. */
export const READ_CASES: readonly StoreCase[] = [
  {
    title: 'reads all channels in the order of positions, whatever the order of commits',
    async check({ store, reader }) {
      await fill(store);
      expect(await placesIn(store)).toEqual(ALL);
      expect(await placesIn(await reader())).toEqual(ALL);
    },
  },
  {
    title: 'reads beyond one position up to another, that one included',
    async check({ store }) {
      await fill(store);
      expect(await places(store, { after: at(1, 2), upTo: at(2, 1) })).toBe('1.3.0 1.5.0 2.0.0 2.1.0');
      expect(await places(store, { after: at(1, 2, 1), upTo: at(2, 0, 5) })).toBe('1.3.0 1.5.0 2.0.0');
      expect(await places(store, { after: at(2), upTo: at(2) })).toBe('');
      expect(await places(store, { after: at(2), upTo: at(1) })).toBe('');
    },
  },
  {
    title: 'reads some of the channels',
    async check({ store }) {
      await fill(store);
      const channels = ['SIGNALS.MSE_OUTPUT', 'EXECUTION.ORDER_FILLED'] as const;
      expect(await places(store, { ...EVERYTHING, channels })).toBe('1.3.0 2.1.0 2.3.0');
      expect(
        await places(store, { ...EVERYTHING, channels: ['MARKET.CANDLE', 'SIGNALS.RISK_REJECTED'] }),
      ).toBe('1.0.0 1.0.1 2.0.0');
      expect(await places(store, { ...EVERYTHING, channels: [] })).toBe('');
    },
  },
  {
    title: 'reads in pages that lose and repeat nothing',
    async check({ store }) {
      await fill(store);
      for (const max of [1, 3, 10]) {
        const pages: string[] = [];
        let after = BEFORE_ALL;
        for (;;) {
          const page = await store.read({ ...EVERYTHING, after, max });
          expect(page.length).toBeLessThanOrEqual(max);
          const last = page.at(-1);
          if (last === undefined) break;
          after = last.position;
          pages.push(...page.map(({ position: { n, rank, i } }) => `${n}.${rank}.${i}`));
        }
        expect(pages, `pages of ${max}`).toEqual(ALL);
      }
    },
  },
  {
    title: 'reads any stretch of many events, some channels of it, in pages of any size',
    async check({ store, reader }) {
      const all = await fillLong(store);
      const whole = [...all.keys()];
      const other = await reader();
      for (const { after, upTo, channels, max } of RANGES) {
        const expected = whole
          .filter((index) => index > after && index <= upTo)
          .filter((index) => channels === undefined || channels.includes(all[index]?.channel ?? ''))
          .slice(0, max);
        const [first, last] = [all[after]?.position ?? BEFORE_ALL, all[upTo]?.position ?? BEFORE_ALL];
        const range = { after: first, upTo: last, max, ...(channels === undefined ? {} : { channels }) };
        const found = await other.read(range as Parameters<StoreReader['read']>[0]);
        const told = `after ${after}, up to ${upTo}, ${channels?.join(' and ') ?? 'all'}, ${max}`;
        expect(
          found.map(({ line }) => line),
          told,
        ).toEqual(expected.map((index) => all[index]?.line));
      }
    },
  },
  {
    title: 'gives lines back byte for byte, with their channel and the wall clock of their commit',
    async check({ store, reader }) {
      await startAll(store);
      const line = `{"symbol":"M&M","why":"₹ \\"x\\" 'y' \\u0000 \\ud83d 😀 {}[]","n":1700000000000123,"x":0.1}`;
      await store.commit(instant(1, { appends: [{ position: at(1), channel: 'MARKET.CANDLE', line }] }));
      const [found] = await readAll(await reader());
      expect(found).toEqual({
        position: at(1),
        channel: 'MARKET.CANDLE',
        line,
        recordedAt: expect.any(Number),
      });
      expect(Number.isSafeInteger(found?.recordedAt)).toBe(true);
    },
  },
  {
    title: 'keeps positions exact as far as they go',
    async check({ store }) {
      await startAll(store);
      const far = { n: 900_000_000, rank: 2, i: 999_998 };
      const appends = [event({ ...far, i: far.i - 1 }, 'SIGNALS.POTENTIAL'), event(far, 'SIGNALS.POTENTIAL')];
      await store.commit(commitOf({ to: endOfInstant(far.n), appends }));
      expect(await doneOf(store)).toEqual(endOfInstant(far.n));
      const found = await store.read({ after: { ...far, i: far.i - 1 }, upTo: endOfInstant(far.n) });
      expect(found.map(({ position }) => position)).toEqual([far]);
    },
  },
  {
    title: 'serves two readers, each at its own pace, while it is written',
    async check({ store, reader }) {
      await startAll(store);
      const readers = [await reader(), await reader()];
      const seen = readers.map((): string[] => []);
      for (let n = 1; n <= 12; n += 1) {
        await store.commit(instant(n));
        for (const [index, look] of readers.entries()) {
          if (n % (index + 1) !== 0) continue;
          const after = at(seen[index]?.length ?? 0);
          for (const { line } of await look.read({ after, upTo: await doneOf(look) }))
            seen[index]?.push(line);
        }
      }
      expect(seen[0]).toHaveLength(12);
      expect(seen[1]).toEqual(seen[0]);
    },
  },
  {
    title: 'tells the marks at once, then each time one has moved, also by another',
    async check({ store, another, reader }) {
      await startAll(store);
      const stop = new AbortController();
      const marks = (await reader()).watch(stop.signal)[Symbol.asyncIterator]();
      expect(await nextMarks(marks)).toMatchObject({ screen: BEFORE_ALL, exec: BEFORE_ALL });
      const waiting = nextMarks(marks);
      await (await another()).commit(instant(1));
      expect(await waiting).toMatchObject({ screen: endOfInstant(1), exec: BEFORE_ALL });
      await store.commit(instant(2));
      await store.commit(instant(3));
      // Both moves at once, or one after the other where they are heard so.
      let last = await nextMarks(marks);
      if (last?.screen.n === 2) last = await nextMarks(marks);
      expect(last).toMatchObject({ screen: endOfInstant(3), exec: BEFORE_ALL });
      stop.abort();
      expect(await nextMarks(marks)).toBeUndefined();
    },
  },
  {
    title: 'tells one who waits for one stage of that one only',
    async check({ store, reader }) {
      await startAll(store);
      const stop = new AbortController();
      const marks = (await reader()).watch(stop.signal, ['screen'])[Symbol.asyncIterator]();
      expect(await nextMarks(marks)).toMatchObject({ screen: BEFORE_ALL });
      const waiting = nextMarks(marks);
      await store.commit(commitOf({ service: 'mse', to: endOfInstant(1), appends: [] }));
      await store.commit(instant(1));
      expect(await waiting).toMatchObject({ screen: endOfInstant(1) });
      stop.abort();
      expect(await nextMarks(marks)).toBeUndefined();
    },
  },
  {
    title: 'misses no move, however fast they come',
    async check({ store, reader }) {
      await startAll(store);
      const stop = new AbortController();
      const look = await reader();
      const followed = (async () => {
        const lines: string[] = [];
        let after = BEFORE_ALL;
        for await (const { screen } of look.watch(stop.signal)) {
          lines.push(...(await look.read({ after, upTo: screen })).map(({ line }) => line));
          after = screen;
          if (screen.n === 200) stop.abort();
        }
        return lines;
      })();
      for (let n = 1; n <= 200; n += 1) await store.commit(instant(n));
      expect(await followed).toEqual((await readAll(store)).map(({ line }) => line));
    },
  },
  {
    title: 'ends a watch that waits when its signal aborts, and when the store closes',
    async check({ store, reader }) {
      await startAll(store);
      const stop = new AbortController();
      const aborted = store.watch(stop.signal)[Symbol.asyncIterator]();
      const look = await reader();
      const closed = look.watch(new AbortController().signal)[Symbol.asyncIterator]();
      await nextMarks(aborted);
      await nextMarks(closed);
      const ends = [nextMarks(aborted), nextMarks(closed)];
      stop.abort();
      await look[Symbol.asyncDispose]();
      expect(await Promise.all(ends)).toEqual([undefined, undefined]);
      const late = store.watch(AbortSignal.abort())[Symbol.asyncIterator]();
      expect(await nextMarks(late)).toBeUndefined();
    },
  },
];
