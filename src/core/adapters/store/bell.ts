import { STAGE_NAMES, type StageName } from '../../domain/events/channels.ts';
import { comparePositions } from '../../domain/events/position.ts';
import type { DoneMarks } from '../../ports/store.ts';

/** Wakes everyone who waits. */
export interface Bell {
  /** How often it rang so far. */
  readonly rings: number;
  ring(): void;
  /** Resolves when it has rung more often than `rings`, when the signal aborts, or after `atMostMs`. */
  wait(rings: number, signal: AbortSignal, atMostMs?: number): Promise<void>;
}

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  let rings = 0;
  return {
    get rings() {
      return rings;
    },
    ring() {
      rings += 1;
      for (const wake of [...waiting]) wake();
    },
    wait(heard, signal, atMostMs) {
      if (rings > heard || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        function wake(): void {
          waiting.delete(wake);
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          resolve();
        }
        const timer = atMostMs === undefined ? undefined : setTimeout(wake, atMostMs);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}

type WatchOptions = {
  readonly read: () => DoneMarks | Promise<DoneMarks>;
  /** Rings after a mark has moved. */
  readonly bell: Bell;
  /** Looks this often all the same, where marks may move without the bell. */
  readonly pollMs?: number;
  /** Whose moves are told; all of them by default. */
  readonly of?: readonly StageName[] | undefined;
  readonly signal: AbortSignal;
};

/**
 * `Store.watch`: the marks, and again whenever they have moved. The rings are counted before the marks are read, so no
 * move is missed. Reading may fail once the signal has aborted: that is the end, too.
 */
export async function* watchMarks({
  read,
  bell,
  pollMs,
  of = STAGE_NAMES,
  signal,
}: WatchOptions): AsyncGenerator<DoneMarks, void, void> {
  let told: DoneMarks | undefined;
  while (!signal.aborted) {
    const heard = bell.rings;
    let marks: DoneMarks;
    try {
      marks = await read();
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (told === undefined || haveMoved(told, marks, of)) {
      told = marks;
      yield marks;
    } else {
      await bell.wait(heard, signal, pollMs);
    }
  }
}

function haveMoved(before: DoneMarks, after: DoneMarks, of: readonly StageName[]): boolean {
  return of.some((name) => comparePositions(before[name], after[name]) !== 0);
}
