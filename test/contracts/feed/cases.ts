import { expect } from 'vitest';
import type { Feed } from '../../../src/core/ports/feed.ts';
import { createCopyingSink, drain, type SeenInstant } from './drained.ts';

/** Opens the feed from its beginning, and knows which candles its source holds. */
export type FeedUnderTest = {
  open(): Promise<Feed>;
  /** `SYMBOL/openAt` of every candle in which something traded, reckoned without the feed. */
  readonly traded: ReadonlySet<string>;
};

export type FeedCase = { readonly title: string; check(feed: FeedUnderTest): Promise<void> };

const NEVER = new AbortController().signal;

export const FEED_CASES: readonly FeedCase[] = [
  {
    title: 'says the same when it is opened again',
    async check({ open }) {
      const first = await drained(open);
      expect(await drained(open)).toEqual(first);
      expect(first.length).toBeGreaterThan(10);
    },
  },
  {
    title: 'says the same however many instants are taken at a time',
    async check({ open }) {
      const whole = await drained(open, Number.POSITIVE_INFINITY);
      expect(await drained(open, 1)).toEqual(whole);
      expect(await drained(open, 7)).toEqual(whole);
    },
  },
  {
    title: 'hands out instants in order of time',
    async check({ open }) {
      const seen = await drained(open);
      const times = seen.slice(0, -1).map(({ at }) => at);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      expect(seen.at(-1)?.at).toBe(times.at(-1));
    },
  },
  {
    title: 'hands out candles at their close, by slot, one a symbol',
    async check({ open }) {
      for (const { at, candles } of await drained(open)) {
        const slots = candles.map(({ slot }) => slot);
        expect(slots).toEqual([...new Set(slots)].toSorted((a, b) => a - b));
        expect(candles.every(({ closeAt }) => closeAt === at)).toBe(true);
      }
    },
  },
  {
    title: 'hands out marks at their time, the session around every candle',
    async check({ open }) {
      let session: { readonly openAt: number; readonly closeAt: number } | undefined;
      for (const { at, candles, marks } of await drained(open)) {
        for (const { openAt, closeAt } of candles) {
          expect(openAt).toBeGreaterThanOrEqual(session?.openAt ?? Number.POSITIVE_INFINITY);
          expect(closeAt).toBeLessThanOrEqual(session?.closeAt ?? Number.NEGATIVE_INFINITY);
        }
        for (const mark of marks) {
          expect(mark.at).toBe(at);
          if (mark.type === 'SESSION_OPENED') session = mark;
          if (mark.type === 'SESSION_CLOSED') session = undefined;
        }
      }
    },
  },
  {
    title: 'ends with FEED_ENDED, alone in the last instant',
    async check({ open }) {
      const seen = await drained(open);
      const endings = seen.filter(({ marks }) => marks.some(({ type }) => type === 'FEED_ENDED'));
      expect(endings).toEqual([seen.at(-1)]);
      expect([seen.at(-1)?.candles.length, seen.at(-1)?.marks.length]).toEqual([0, 1]);
    },
  },
  {
    title: 'runs at most as many instants as it is asked for, and says how many',
    async check({ open }) {
      await using feed = await open();
      for (const most of [1, 2, 3, 5, 1]) {
        if (!(await feed.ready(NEVER))) break;
        const seen: SeenInstant[] = [];
        const count = feed.run(createCopyingSink(seen), most);
        expect(count).toBe(seen.length);
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(most);
      }
      expect(feed.run(createCopyingSink([]), 0)).toBe(0);
    },
  },
  {
    title: 'is not ready, and has no next instant, once it has ended',
    async check({ open }) {
      await using feed = await open();
      await drain(feed);
      expect(await feed.ready(NEVER)).toBe(false);
      expect(feed.nextAt).toBe(Number.POSITIVE_INFINITY);
      expect(feed.run(createCopyingSink([]), 10)).toBe(0);
    },
  },
  {
    title: 'is not ready for one who has given up',
    async check({ open }) {
      await using feed = await open();
      expect(await feed.ready(AbortSignal.abort())).toBe(false);
    },
  },
  {
    title: 'hands out every candle in which something traded once, and no other',
    async check({ open, traded }) {
      await using feed = await open();
      const symbols = feed.description.instruments.map(({ symbol }) => symbol);
      const seen = await drain(feed);
      const keys = seen.flatMap(({ candles }) =>
        candles.map(({ slot, openAt }) => `${symbols[slot]}/${openAt}`),
      );
      expect(keys.toSorted()).toEqual([...traded].toSorted());
    },
  },
  {
    title: 'hands out candles that can be, with a volume only where it says so',
    async check({ open }) {
      await using feed = await open();
      const { instruments } = feed.description;
      for (const { candles } of await drain(feed)) {
        for (const { slot, open: first, high, low, close, volume } of candles) {
          expect(low).toBeGreaterThan(0);
          expect(Math.max(first, close)).toBeLessThanOrEqual(high);
          expect(Math.min(first, close)).toBeGreaterThanOrEqual(low);
          if (instruments[slot]?.hasVolume !== true) expect(volume).toBeNaN();
        }
      }
    },
  },
  {
    title: 'describes its instruments in the order of slots before the first instant',
    async check({ open }) {
      await using feed = await open();
      const symbols = feed.description.instruments.map(({ symbol }) => symbol);
      expect(symbols).toEqual([...new Set(symbols)].toSorted(byCodeUnits));
      expect(feed.health().newestAtOf).toEqual(symbols.map(() => undefined));
    },
  },
  {
    title: 'knows of no time later than what it has heard',
    async check({ open }) {
      await using feed = await open();
      const seen = await drain(feed);
      const { newestAt, newestAtOf, taken } = feed.health();
      expect(newestAt).toBe(Math.max(...newestAtOf.filter((at) => at !== undefined)));
      expect(newestAt).toBeLessThanOrEqual(seen.at(-1)?.at ?? 0);
      expect(taken).toBeGreaterThan(0);
    },
  },
];

async function drained(open: () => Promise<Feed>, atATime?: number): Promise<readonly SeenInstant[]> {
  await using feed = await open();
  return await drain(feed, atATime);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
