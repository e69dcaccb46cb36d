import type { Session } from '../market/session.ts';
import type { Mark } from './events.ts';
import { marksOfSession } from './marks.ts';

/** The marks of sessions without end, in order of time: what `marksOf` gives, for a feed that does not know its end. */
export interface MarkStream {
  /** Time of the next mark, UTC epoch ms; Infinity where no session is known any more. */
  readonly nextAt: number;
  /** Takes the marks of that time; none where there is none. */
  take(at: number): readonly Mark[];
}

/** @param sessions in order of time, the first that closes after `feedFrom` first */
export function createMarkStream(sessions: Iterator<Session, undefined>, feedFrom: number): MarkStream {
  let upcoming = sessions.next().value;
  let queue: readonly Mark[] = [];
  fill();

  /** A session may open at the very instant at which another closes: all marks of the next instant are in the queue. */
  function fill(): void {
    while (upcoming !== undefined && upcoming.openAt <= nextAt()) {
      queue = [...queue, ...marksOfSession(upcoming, feedFrom)];
      upcoming = sessions.next().value;
    }
  }

  function nextAt(): number {
    return queue[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  return {
    get nextAt() {
      return nextAt();
    },
    take(at) {
      const later = queue.findIndex((mark) => mark.at !== at);
      const count = later === -1 ? queue.length : later;
      const taken = queue.slice(0, count);
      queue = queue.slice(count);
      fill();
      return taken;
    },
  };
}
