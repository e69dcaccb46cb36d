import type { RandomShare } from './random-share.ts';
import type { Session } from './session.ts';
import type { TickBatch } from './tick-batch.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Ticks of invented shares, session by session, made when they are asked for. */
export interface RandomTicks {
  /** Adds the ticks of one more minute of the market; false where no session is left. At most 60 a share. */
  addMinute(into: TickBatch): boolean;
}

/** @param sessions in order of time; whole ones, so that the same session of the same run is always the same */
export function createRandomTicks(
  shares: readonly RandomShare[],
  sessions: Iterator<Session, undefined>,
): RandomTicks {
  let session: Session | undefined;
  let minuteAt = 0;

  function openNext(): void {
    const closedAt = session?.closeAt;
    session = sessions.next().value;
    if (session === undefined) return;
    minuteAt = session.openAt;
    if (closedAt === undefined || closedAt === session.openAt) return;
    for (const share of shares) share.passNight();
  }

  return {
    addMinute(into) {
      if (session === undefined || minuteAt >= session.closeAt) openNext();
      if (session === undefined) return false;
      const { openAt, closeAt } = session;
      for (const share of shares) share.startMinute((minuteAt - openAt) / (closeAt - openAt));
      const endAt = Math.min(minuteAt + MINUTE_MS, closeAt);
      for (let at = minuteAt; at + SECOND_MS <= endAt; at += SECOND_MS) addSecond(shares, at, into);
      minuteAt = endAt;
      return true;
    },
  };
}

function addSecond(shares: readonly RandomShare[], at: number, into: TickBatch): void {
  for (const [slot, share] of shares.entries()) {
    if (!share.passSecond()) continue;
    const n = into.length;
    into.slot[n] = slot;
    into.at[n] = at + share.millisecond;
    into.price[n] = share.price;
    into.size[n] = share.size;
    into.length = n + 1;
  }
}
