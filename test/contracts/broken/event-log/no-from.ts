import { BEFORE_ALL } from '../../../../src/core/domain/events/position.ts';
import type { EventLog } from '../../../../src/core/ports/event-log.ts';

/** Broken on purpose: does not ask where the mark stands, and moves it wherever it is told. */
export function forgettingFrom(log: EventLog): EventLog {
  return {
    ...log,
    async append(batch) {
      const held = (await log.runs()).find(({ id }) => id === batch.run.id);
      return log.append({ ...batch, from: held?.mark ?? BEFORE_ALL });
    },
  };
}
