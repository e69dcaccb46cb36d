import { comparePositions } from '../../../src/core/domain/events/position.ts';
import type { Commit, Store, StoredEvent } from '../../../src/core/ports/store.ts';

/** Broken on purpose: appends also what lies beyond `to`. */
export function appendingBeyondTo(store: Store): Store {
  const beyond: StoredEvent[] = [];

  function cut(commit: Commit): Commit {
    const isWithin = commit.appends.filter(({ position }) => comparePositions(position, commit.to) <= 0);
    return { ...commit, appends: isWithin };
  }

  return {
    ...store,
    async commit(...commits) {
      const answer = await store.commit(...commits.map(cut));
      if (answer !== 'ok') return answer;
      for (const { appends, to } of commits) {
        const late = appends.filter(({ position }) => comparePositions(position, to) > 0);
        beyond.push(...late.map((append) => ({ ...append, recordedAt: 0 })));
      }
      return answer;
    },
    async read(range) {
      const { after, upTo, channels, max = Number.POSITIVE_INFINITY } = range;
      const late = beyond.filter(
        ({ position, channel }) =>
          comparePositions(position, after) > 0 &&
          comparePositions(position, upTo) <= 0 &&
          channels?.includes(channel) !== false,
      );
      const all = [...(await store.read(range)), ...late];
      return all.sort((a, b) => comparePositions(a.position, b.position)).slice(0, max);
    },
  };
}
