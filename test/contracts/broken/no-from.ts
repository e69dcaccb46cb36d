import { comparePositions } from '../../../src/core/domain/events/position.ts';
import type { Store } from '../../../src/core/ports/store.ts';

/** Broken on purpose: does not ask whether the mark stands at `from`, and moves it wherever it is told. */
export function withoutFrom(store: Store): Store {
  return {
    ...store,
    async commit(...commits) {
      const answer = await store.commit(...commits);
      if (answer !== 'gap') return answer;
      const done = await store.done();
      if (commits.some(({ service, to }) => comparePositions(done[service], to) >= 0)) return 'ok';
      return store.commit(
        ...commits.map((commit) => {
          const from = done[commit.service];
          const appends = commit.appends.filter(({ position }) => comparePositions(position, from) > 0);
          return { ...commit, from, appends };
        }),
      );
    },
  };
}
