import type { Session } from '../market/session.ts';
import type { FeedEnded, Mark, SessionClosed, SessionOpened, SquareOff } from './events.ts';
import { markId } from './ids.ts';

/**
 * The marks that a feed writes between its first candle's open and its last candle's close, in order: at one instant the
 * old session ends before the new one opens, and the feed ends last.
 *
 * A session that began before the feed did opens at the feed's start: its `at` is then later than its `openAt`, which
 * tells stages that it is incomplete. So does a square-off that is over by then. Marks after the last candle are not known
 * yet, so they are not written: the feed just ends.
 */
export function marksOf(sessions: readonly Session[], feedFrom: number, feedTo: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const session of sessions) {
    if (session.openAt <= feedTo)
      marks.push(...marksOfSession(session, feedFrom).filter(({ at }) => at <= feedTo));
  }
  marks.push(feedEnded(feedTo));
  return marks;
}

/**
 * The marks of one session of a feed that begins at `feedFrom`, in order; none where it was over by then. A square-off as
 * long before the close as the session lasts comes when it opens, behind the mark that opens it: nothing is entered then.
 */
export function marksOfSession(session: Session, feedFrom: number): readonly Mark[] {
  const { date, openAt, closeAt, squareOffAt } = session;
  if (closeAt <= feedFrom) return [];
  const marks: Mark[] = [sessionOpened(session, Math.max(openAt, feedFrom))];
  if (squareOffAt !== undefined) marks.push(sessionMark('SQUARE_OFF', date, Math.max(squareOffAt, feedFrom)));
  marks.push(sessionMark('SESSION_CLOSED', date, closeAt));
  return marks;
}

function sessionOpened(session: Session, at: number): SessionOpened {
  const { date, squareOffAt, ...clock } = session;
  return {
    id: markId('SESSION_OPENED', date, at),
    v: 1,
    type: 'SESSION_OPENED',
    at,
    session: date,
    ...clock,
    ...(squareOffAt === undefined ? {} : { squareOffAt }),
  };
}

function sessionMark(
  type: 'SQUARE_OFF' | 'SESSION_CLOSED',
  date: string,
  at: number,
): SquareOff | SessionClosed {
  return { id: markId(type, date, at), v: 1, type, at, session: date };
}

export function feedEnded(at: number): FeedEnded {
  return { id: `FEED_ENDED/${at}`, v: 1, type: 'FEED_ENDED', at };
}

/** The session that a SESSION_OPENED mark describes. */
export function sessionOf(mark: SessionOpened): Session {
  return {
    date: mark.session,
    openAt: mark.openAt,
    closeAt: mark.closeAt,
    openTimeOfDayMs: mark.openTimeOfDayMs,
    entryFromAt: mark.entryFromAt,
    entryUntilAt: mark.entryUntilAt,
    squareOffAt: mark.squareOffAt,
  };
}
