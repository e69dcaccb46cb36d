import { CHANNELS } from '../../../../src/core/domain/events/channels.ts';
import type { EventLog } from '../../../../src/core/ports/event-log.ts';

/** Broken on purpose: gives one channel after the other instead of all in the order of positions. */
export function channelByChannel(log: EventLog): EventLog {
  return {
    ...log,
    async *read(query) {
      for (const channel of query.channels ?? CHANNELS) yield* log.read({ ...query, channels: [channel] });
    },
  };
}
