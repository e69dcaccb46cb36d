import { describe, expect, it } from 'vitest';
import type { EventLog } from '../../src/core/ports/event-log.ts';
import { channelByChannel } from './broken/event-log/by-channel.ts';
import { movingTheMarkFirst } from './broken/event-log/mark-first.ts';
import { forgettingFrom } from './broken/event-log/no-from.ts';
import { forgettingIds } from './broken/event-log/no-ids.ts';
import { forgettingOrders } from './broken/event-log/own-strategy-only.ts';
import { sortingKeys } from './broken/event-log/sorted-keys.ts';
import { openSqliteForTest } from './event-log/open-sqlite.ts';
import { LOG_CASES, runLogCase } from './event-log.contract.ts';

/** A log that is broken on purpose, and the cases that must notice, by the beginning of their titles. */
const BROKEN: readonly (readonly [
  what: string,
  create: () => (log: EventLog) => EventLog,
  noticed: readonly string[],
])[] = [
  ['moves the mark before the events', () => movingTheMarkFirst, ['never shows a mark beyond']],
  ['forgets that ids are unique', forgettingIds, ['has an event once']],
  ['does not ask where the mark stands', () => forgettingFrom, ['answers gap where', 'answers gap to a run']],
  ['sorts the keys of an event', () => sortingKeys, ['gives every line of a real run', 'gives odd lines']],
  ['gives channel after channel', () => channelByChannel, ['gives every line', 'finds what is asked for']],
  [
    'finds no order by its strategy',
    () => forgettingOrders,
    ['finds what is asked for', 'finds the orders of a strategy'],
  ],
];

/** Each runs the whole contract. */
const PATIENCE_MS = 120_000;

describe('the contract of event logs', { timeout: PATIENCE_MS }, () => {
  it('holds for the log that the broken ones are made of', async () => {
    expect(await failedTitles(() => (log) => log)).toEqual([]);
  });

  it.each(BROKEN)('notices a log that %s', async (_what, create, noticed) => {
    const failed = await failedTitles(create);
    for (const title of noticed) expect(failed).toContainEqual(expect.stringMatching(`^${title}`));
    expect(failed.length, 'most of the rule still holds').toBeLessThan(LOG_CASES.length / 2);
  });
});

async function failedTitles(create: () => (log: EventLog) => EventLog): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const logCase of LOG_CASES) {
    try {
      await runLogCase(logCase, () => openSqliteForTest(create()));
    } catch {
      failed.push(logCase.title);
    }
  }
  return failed;
}
