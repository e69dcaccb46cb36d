import type { EventLog } from '../../../../src/core/ports/event-log.ts';

/** Broken on purpose: gives fields back sorted by name, as a document is that `$setOnInsert` made. */
export function sortingKeys(log: EventLog): EventLog {
  return {
    ...log,
    async *read(query) {
      for await (const event of log.read(query)) {
        const sorted = Object.entries(JSON.parse(event.line)).sort(([a], [b]) => (a < b ? -1 : 1));
        yield { ...event, line: JSON.stringify(Object.fromEntries(sorted)) };
      }
    },
  };
}
