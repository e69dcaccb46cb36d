import { describe, it } from 'vitest';
import { COMMIT_CASES } from './store/commit-cases.ts';
import type { OpenForTest, StoreCase } from './store/opened.ts';
import { READ_CASES } from './store/read-cases.ts';
import { START_CASES } from './store/start-cases.ts';

/** What every store holds to: DESIGN §4, line by line. */
export const STORE_CASES: readonly StoreCase[] = [...START_CASES, ...COMMIT_CASES, ...READ_CASES];

export function storeContract(name: string, open: OpenForTest): void {
  describe(`${name} keeps the contract of stores`, () => {
    for (const storeCase of STORE_CASES) it(storeCase.title, () => runStoreCase(storeCase, open));
  });
}

/** One case on a store of its own; rejects where the store breaks it. */
export async function runStoreCase(storeCase: StoreCase, open: OpenForTest): Promise<void> {
  const opened = await open();
  try {
    await storeCase.check(opened);
  } finally {
    await opened.close();
  }
}
