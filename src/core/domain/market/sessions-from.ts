import type { Calendar } from './calendar.ts';
import { DAY_MS } from './civil.ts';
import type { Session } from './session.ts';

const SPAN_MS = 30 * DAY_MS;
/** Spans without a session after which none is looked for: the calendar has come to its end. */
const MOST_EMPTY = 12;

/** The sessions that close after `fromAt`, one by one, as far as the calendar knows them. */
export function* sessionsFrom(calendar: Calendar, fromAt: number): Generator<Session, undefined> {
  let lastOpenAt = Number.NEGATIVE_INFINITY;
  let empty = 0;
  for (let at = fromAt; empty < MOST_EMPTY; at += SPAN_MS) {
    const found = calendar.sessions(at, at + SPAN_MS).filter(({ openAt }) => openAt > lastOpenAt);
    lastOpenAt = found.at(-1)?.openAt ?? lastOpenAt;
    empty = found.length === 0 ? empty + 1 : 0;
    yield* found;
  }
}

/** Finds the session in which an instant lies; made for instants that stand near each other. */
export function createSessionFinder(calendar: Calendar): (at: number) => Session | undefined {
  let session: Session | undefined;
  let closedFrom = Number.POSITIVE_INFINITY;
  let closedTo = Number.NEGATIVE_INFINITY;
  return (at) => {
    if (session !== undefined && at >= session.openAt && at < session.closeAt) return session;
    if (at >= closedFrom && at < closedTo) return undefined;
    const [next] = calendar.sessions(at, at + SPAN_MS);
    if (next === undefined || next.openAt > at) {
      closedFrom = at;
      closedTo = next?.openAt ?? at + SPAN_MS;
      return undefined;
    }
    session = next;
    return next;
  };
}
