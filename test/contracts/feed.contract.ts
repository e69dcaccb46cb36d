import { describe, it } from 'vitest';
import { FEED_CASES, type FeedUnderTest } from './feed/cases.ts';

/** What every feed holds to: DESIGN §2, and the words of the port. */
export function feedContract(name: string, prepare: () => Promise<FeedUnderTest>): void {
  describe(`${name} keeps the contract of feeds`, () => {
    for (const { title, check } of FEED_CASES) it(title, async () => check(await prepare()));
  });
}
