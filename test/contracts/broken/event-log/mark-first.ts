import { setImmediate } from 'node:timers/promises';
import type { EventLog } from '../../../../src/core/ports/event-log.ts';

/** Broken on purpose: moves the mark, and only then writes the events. */
export function movingTheMarkFirst(log: EventLog): EventLog {
  return {
    ...log,
    async append(batch) {
      const answer = await log.append({ ...batch, events: [] });
      if (answer !== 'ok') return answer;
      await setImmediate();
      return log.append({ ...batch, from: batch.upTo });
    },
  };
}
