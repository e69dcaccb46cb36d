import type { StageName } from '../../../src/core/domain/events/channels.ts';
import type { Store } from '../../../src/core/ports/store.ts';

/** Broken on purpose: takes a commit of any epoch for one of the youngest. */
export function withoutEpochs(store: Store): Store {
  const epochs = new Map<StageName, number>();
  return {
    ...store,
    async start(request) {
      const started = await store.start(request);
      for (const service of request.services) epochs.set(service, started[service].epoch);
      return started;
    },
    commit: (...commits) =>
      store.commit(
        ...commits.map((commit) => ({ ...commit, epoch: epochs.get(commit.service) ?? commit.epoch })),
      ),
  };
}
