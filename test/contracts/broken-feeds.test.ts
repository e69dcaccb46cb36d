import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFeed } from '../../src/core/adapters/feed/open.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import type { Feed } from '../../src/core/ports/feed.ts';
import { PROJECT } from '../shared.ts';
import * as broken from './broken/feeds.ts';
import { FEED_CASES } from './feed/cases.ts';
import { drain } from './feed/drained.ts';

const market = createMarket('nse');
const EXAMPLE = join(PROJECT, 'examples/data/ticks-example.csv');
/** 23 ticks by minute give too few instants for a contract; by 10 seconds there are enough. */
const read = { timeframe: 10_000 };

/** A feed that is broken on purpose, and the cases that must notice, by the beginning of their titles. */
const BROKEN: readonly (readonly [what: string, change: (feed: Feed) => Feed, noticed: readonly string[]])[] =
  [
    ['runs one instant more than it is asked for', broken.ignoringMax, ['runs at most']],
    ['is ready after its end', broken.stayingReady, ['is not ready, and has no next']],
    ['does not hear that one gives up', broken.deafToAborts, ['is not ready for one']],
    ['fills silence with candles', broken.inventingCandles, ['hands out every candle']],
    ['loses the candles of an instant', broken.losingCandles, ['hands out every candle']],
    ['does not order candles by slot', broken.unsorted, ['hands out candles at their close']],
    ['ends in the instant of its last candle', broken.endingInTheLastCandle, ['ends with FEED_ENDED']],
    ['opens no session', broken.withoutSessions, ['hands out marks at their time']],
    [
      'hands candles out after their close',
      broken.closingLate,
      ['hands out candles at their close', 'hands out marks'],
    ],
    ['goes back in time once', broken.goingBack, ['hands out instants in order']],
    [
      'says something else when it is opened again',
      broken.forgetful,
      ['says the same when', 'says the same however'],
    ],
    [
      'opens a candle with what stands in its last view',
      broken.leaningOnItsViews,
      ['hands out candles that can be'],
    ],
  ];

describe('the contract of feeds', () => {
  it('holds for the feed that the broken ones are made of', async () => {
    expect(await failedTitles((feed) => feed)).toEqual([]);
  });

  it.each(BROKEN)('notices a feed that %s', async (_what, change, noticed) => {
    const failed = await failedTitles(change);
    for (const beginning of noticed)
      expect(
        failed.filter((title) => title.startsWith(beginning)),
        beginning,
      ).not.toEqual([]);
  });
});

async function failedTitles(change: (feed: Feed) => Feed): Promise<readonly string[]> {
  const open = () => openFeed(`ticks:${EXAMPLE}`, { market, read });
  await using feed = await open();
  const symbols = feed.description.instruments.map(({ symbol }) => symbol);
  const candles = (await drain(feed)).flatMap((instant) => instant.candles);
  const traded = new Set(candles.map(({ slot, openAt }) => `${symbols[slot]}/${openAt}`));
  const failed: string[] = [];
  for (const { title, check } of FEED_CASES) {
    try {
      await check({ open: async () => change(await open()), traded });
    } catch {
      failed.push(title);
    }
  }
  return failed;
}
