import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports/store.ts';
import { appendingBeyondTo } from './broken/beyond-to.ts';
import { withLateMark } from './broken/late-mark.ts';
import { withoutEpochs } from './broken/no-epoch.ts';
import { withoutFrom } from './broken/no-from.ts';
import { withoutRead } from './broken/no-read.ts';
import { knowingResendsByPlace } from './broken/resend-by-place.ts';
import { openMemory } from './store/open-memory.ts';
import { runStoreCase, STORE_CASES } from './store.contract.ts';

/** A store that is broken on purpose, and the cases that must notice, by the beginning of their titles. */
const BROKEN: readonly (readonly [
  what: string,
  change: (store: Store) => Store,
  noticed: readonly string[],
])[] = [
  ['moves its mark in a second step', withLateMark, ['shows nothing half']],
  [
    'skips the epoch',
    withoutEpochs,
    ['lets a start take the place', 'answers fenced before already', 'answers fenced before gap'],
  ],
  [
    'skips from',
    withoutFrom,
    ['does not take a late request', 'answers gap where', 'does one of many', 'commits for several services'],
  ],
  ['skips what was read', withoutRead, ['takes nothing that was made of what it does not have']],
  ['appends beyond to', appendingBeyondTo, ['appends in (from, to] only']],
  [
    'knows a resend by its place alone',
    knowingResendsByPlace,
    ['does not take a late request', 'does not take a request from before'],
  ],
];

describe('the contract of stores', () => {
  it('holds for the store that the broken ones are made of', async () => {
    expect(await failedTitles((store) => store)).toEqual([]);
  });

  it.each(BROKEN)('notices a store that %s', async (_what, change, noticed) => {
    const failed = await failedTitles(change);
    for (const title of noticed) expect(failed).toContainEqual(expect.stringMatching(starting(title)));
    expect(failed.length, 'most of the rule still holds').toBeLessThan(STORE_CASES.length / 2);
  });
});

async function failedTitles(change: (store: Store) => Store): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const storeCase of STORE_CASES) {
    try {
      await runStoreCase(storeCase, () => openMemory(change));
    } catch {
      failed.push(storeCase.title);
    }
  }
  return failed;
}

function starting(title: string): RegExp {
  return new RegExp(`^${title.replace(/[()[\]]/g, '\\$&')}`);
}
