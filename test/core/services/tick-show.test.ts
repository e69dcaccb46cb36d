import { describe, expect, it } from 'vitest';
import { TradekitError } from '../../../src/core/domain/error.ts';
import type { Feed, FeedTick } from '../../../src/core/ports/feed.ts';
import { createTickShow } from '../../../src/core/services/tick-show.ts';
import { simulatedTape } from '../../simulation/tapes.ts';
import { settle } from './fake-clock.ts';

const SINK = { instant() {} };
const TICKS: readonly FeedTick[] = [
  { symbol: 'AAA', at: 1000, price: 100.05, size: 7 },
  { symbol: 'BBB', at: 1001, price: 50 },
];

/** A feed that has heard these ticks before each call. */
function feedWith(ticks: readonly FeedTick[]): Feed {
  return { ...simulatedTape(1, 1).openFeed(), nextAt: 42, ticks: () => ticks };
}

function shown(publishTick: (line: string) => Promise<void>) {
  const failures: unknown[] = [];
  const feed = createTickShow(feedWith(TICKS), { publishTick }, (error) => failures.push(error));
  return { feed, failures };
}

describe('a feed whose ticks are shown', () => {
  it('publishes the newest of each symbol whenever it hands something out', () => {
    const lines: string[] = [];
    const { feed } = shown(async (line) => void lines.push(line));
    expect(feed.run(SINK, 3)).toBe(3);
    expect(lines).toEqual([
      '{"id":"AAA/tick/1000","v":1,"type":"TICK","symbol":"AAA","at":1000,"price":100.05,"size":7}',
      '{"id":"BBB/tick/1001","v":1,"type":"TICK","symbol":"BBB","at":1001,"price":50}',
    ]);
    feed.run(SINK, 1);
    expect(lines).toHaveLength(4);
  });

  it('keeps them to itself: nobody else is given them', () => {
    expect(shown(async () => {}).feed.ticks()).toEqual([]);
  });

  it('goes on where they cannot be published, says so once, and does not try again', async () => {
    let tries = 0;
    const { feed, failures } = shown(async () => {
      tries += 1;
      throw new TradekitError('CONFIG', 'Not allowed.');
    });
    expect(feed.run(SINK, 2)).toBe(2);
    await settle();
    expect(feed.run(SINK, 2)).toBe(2);
    await settle();
    expect([tries, failures.length]).toEqual([2, 1]);
  });

  it('is the feed in everything else', async () => {
    const { feed } = shown(async () => {});
    const { description } = feedWith([]);
    expect([feed.description, feed.nextAt]).toEqual([description, 42]);
    expect(await feed.ready(new AbortController().signal)).toBe(true);
    expect(feed.health().taken).toBe(0);
  });
});
