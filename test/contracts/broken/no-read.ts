import type { Store } from '../../../src/core/ports/store.ts';

/** Broken on purpose: takes what was made of events that it does not have. */
export function withoutRead(store: Store): Store {
  return {
    ...store,
    commit: (...commits) => store.commit(...commits.map((commit) => ({ ...commit, read: {} }))),
  };
}
