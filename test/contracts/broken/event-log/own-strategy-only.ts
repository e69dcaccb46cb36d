import type { EventLog } from '../../../../src/core/ports/event-log.ts';

/** Broken on purpose: finds by strategy only what bears its name, and so no order. */
export function forgettingOrders(log: EventLog): EventLog {
  return {
    ...log,
    async *read(query) {
      for await (const event of log.read(query)) {
        if (query.strategy === undefined || 'strategy' in JSON.parse(event.line)) yield event;
      }
    },
  };
}
