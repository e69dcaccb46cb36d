import type { EventLog } from '../../../../src/core/ports/event-log.ts';
import type { StoredEvent } from '../../../../src/core/ports/store.ts';

const written = new Map<string, StoredEvent[]>();

/** Broken on purpose: has an event as often as it came. All handles share what was written, by a case's own run. */
export function forgettingIds(): (log: EventLog) => EventLog {
  written.clear();
  return (log) => ({
    ...log,
    async append(batch) {
      const answer = await log.append(batch);
      for (const event of batch.events) {
        const key = `${batch.run.id} ${event.line}`;
        written.set(key, [...(written.get(key) ?? []), event]);
      }
      return answer;
    },
    async *read(query) {
      for await (const event of log.read(query)) yield* written.get(`${query.run} ${event.line}`) ?? [event];
    },
  });
}
