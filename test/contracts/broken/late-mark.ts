import { setImmediate } from 'node:timers/promises';
import type { DoneMarks, Store } from '../../../src/core/ports/store.ts';

/** Broken on purpose: moves `done` in a second step, after the events. */
export function withLateMark(store: Store): Store {
  let shown: DoneMarks | undefined;
  return {
    ...store,
    done: async () => shown ?? store.done(),
    async commit(...commits) {
      const before = await store.done();
      const answer = await store.commit(...commits);
      shown = before;
      await setImmediate();
      shown = undefined;
      return answer;
    },
  };
}
