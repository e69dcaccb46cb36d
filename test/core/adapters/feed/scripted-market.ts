import type { Clock } from '../../../../src/core/ports/clock.ts';
import type { FeedTick } from '../../../../src/core/ports/feed.ts';
import type { TickListener, TickStream } from '../../../../src/core/ports/tick-stream.ts';

/** What happens on the wire, and when the clock stands at that. */
export type WireEvent = { readonly at: number } & (
  | { readonly ticks: readonly FeedTick[] }
  | { readonly line: 'reconnected' | 'ended' | 'lost' }
);

/** A clock that passes only while somebody sleeps, and a stream that speaks when it has come to its time. */
export function createScriptedMarket(
  startAt: number,
  script: readonly WireEvent[],
): { readonly clock: Clock; readonly stream: TickStream; readonly isClosed: () => boolean } {
  const waiting = script.toSorted((a, b) => a.at - b.at);
  let now = startAt;
  let listener: TickListener | undefined;
  let isClosed = false;

  function speak(event: WireEvent): void {
    if ('ticks' in event) listener?.ticks(event.ticks);
    else if (event.line === 'reconnected') listener?.reconnected();
    else listener?.ended(event.line === 'lost' ? new Error('The line is dead.') : undefined);
  }

  return {
    clock: {
      now: () => now,
      async sleep(ms, signal) {
        const until = now + ms;
        for (let next = waiting[0]; next !== undefined && next.at <= until; next = waiting[0]) {
          waiting.shift();
          now = Math.max(now, next.at);
          speak(next);
          if (signal?.aborted === true) return;
        }
        now = until;
      },
    },
    stream: {
      start(of) {
        listener = of;
      },
      [Symbol.asyncDispose]: async () => {
        isClosed = true;
      },
    },
    isClosed: () => isClosed,
  };
}
