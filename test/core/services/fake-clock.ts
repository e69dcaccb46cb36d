import type { Clock } from '../../../src/core/ports/clock.ts';

export interface FakeClock extends Clock {
  /** How long it was asked to sleep, each time. */
  readonly slept: readonly number[];
  /** Lets so much time go by: who has slept enough wakes, in order, and does what it then does. */
  pass(ms: number): Promise<void>;
}

/** Time goes by only when a test says so. */
export function createFakeClock(): FakeClock {
  const slept: number[] = [];
  const sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  let now = 0;

  async function wakeUpTo(time: number): Promise<void> {
    for (;;) {
      await settle();
      const next = Math.min(...sleeping.map(({ until }) => until));
      if (next > time) return;
      now = Math.max(now, next);
      const [first] = sleeping.splice(
        sleeping.findIndex(({ until }) => until === next),
        1,
      );
      first?.wake();
    }
  }

  return {
    slept,
    now: () => now,
    sleep(ms, signal) {
      slept.push(ms);
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleeping.push({ until: now + ms, wake });
        signal?.addEventListener('abort', wake);
      });
    },
    async pass(ms) {
      const end = now + ms;
      await wakeUpTo(end);
      now = end;
    },
  };
}

/** Sleeps no time at all, and moves on by as much as it should have slept. */
export function createImpatientClock(): Clock & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
  };
}

/** Until every promise that can resolve has resolved. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
