import { comparePositions } from '../../../src/core/domain/events/position.ts';
import type { Store } from '../../../src/core/ports/store.ts';

/** Broken on purpose: takes whatever comes late for a resend, without a look at its token. */
export function knowingResendsByPlace(store: Store): Store {
  return {
    ...store,
    async commit(...commits) {
      const answer = await store.commit(...commits);
      if (answer !== 'gap') return answer;
      const done = await store.done();
      const isPast = commits.every(({ service, to }) => comparePositions(done[service], to) >= 0);
      return isPast ? 'already' : 'gap';
    },
  };
}
