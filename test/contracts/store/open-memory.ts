import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import type { OpenedStore } from './opened.ts';

/** A memory store for the contract: one object is all its handles. `change` makes a broken one of it. */
export async function openMemory(change: (store: Store) => Store = (store) => store): Promise<OpenedStore> {
  let now = 1_436_154_300_000;
  const store = change(createMemoryStore({ now: () => now }));
  return {
    store,
    another: async () => store,
    reader: async () => store,
    pass: async (ms) => {
      now += ms;
    },
    close: async () => store[Symbol.asyncDispose](),
  };
}
