import { describe, expect, it } from 'vitest';
import { marksOf, sessionOf } from '../../../../src/core/domain/events/marks.ts';
import type { Session } from '../../../../src/core/domain/market/session.ts';

/** A session of a hundred minutes that squares off at 80, written in minutes. */
function session(date: string, openAt: number, squareOffAt: number | null = openAt + 80): Session {
  return {
    date,
    openAt,
    closeAt: openAt + 100,
    openTimeOfDayMs: 0,
    entryFromAt: openAt + 5,
    entryUntilAt: openAt + 60,
    squareOffAt: squareOffAt ?? undefined,
  };
}

const shown = (sessions: readonly Session[], from: number, to: number): readonly string[] =>
  marksOf(sessions, from, to).map(({ type, at }) => `${type}@${at}`);

describe('marks', () => {
  it('of a session: opened, square-off, closed; the feed ends with its last candle', () => {
    expect(shown([session('a', 0)], 0, 100)).toEqual([
      'SESSION_OPENED@0',
      'SQUARE_OFF@80',
      'SESSION_CLOSED@100',
      'FEED_ENDED@100',
    ]);
  });

  it('later than the last candle are not known yet', () => {
    expect(shown([session('a', 0)], 0, 50)).toEqual(['SESSION_OPENED@0', 'FEED_ENDED@50']);
  });

  it('of a feed that begins inside a session open it at the feed’s start, whole', () => {
    const [opened] = marksOf([session('a', 0)], 30, 100);
    expect(opened).toMatchObject({ type: 'SESSION_OPENED', at: 30, openAt: 0 });
    expect(opened?.type === 'SESSION_OPENED' && sessionOf(opened)).toEqual(session('a', 0));
  });

  it('of a feed that begins after square-off tell of it once the session is open', () => {
    expect(shown([session('a', 0)], 90, 95)).toEqual(['SESSION_OPENED@90', 'SQUARE_OFF@90', 'FEED_ENDED@95']);
  });

  it('square off as a session opens where that is as long before its close as it lasts: behind its opening', () => {
    expect(shown([session('a', 0, 0), session('b', 100, 100)], 0, 200)).toEqual([
      'SESSION_OPENED@0',
      'SQUARE_OFF@0',
      'SESSION_CLOSED@100',
      'SESSION_OPENED@100',
      'SQUARE_OFF@100',
      'SESSION_CLOSED@200',
      'FEED_ENDED@200',
    ]);
  });

  it('end an old session before a new one opens at the same instant', () => {
    const sessions = [session('a', 0, null), session('b', 100, null)];
    expect(shown(sessions, 0, 150)).toEqual([
      'SESSION_OPENED@0',
      'SESSION_CLOSED@100',
      'SESSION_OPENED@100',
      'FEED_ENDED@150',
    ]);
  });

  it('square off before a session closes at the same instant', () => {
    expect(shown([session('a', 0, 100)], 0, 100)).toEqual([
      'SESSION_OPENED@0',
      'SQUARE_OFF@100',
      'SESSION_CLOSED@100',
      'FEED_ENDED@100',
    ]);
  });

  it('of sessions without a candle between those with are written, too', () => {
    expect(
      shown([session('a', 0), session('b', 200), session('c', 400)], 0, 450).filter((of) =>
        of.includes('OPENED'),
      ),
    ).toHaveLength(3);
  });
});
