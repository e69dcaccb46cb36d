import type { Notice } from '../core/views/dashboard/notice.ts';

/** What is said of a run beside its events: that a service died, that a store is away. */
export interface Notices {
  /** A line of the terminal; while a screen stands there it is kept. */
  say(line: string): void;
  readonly newest: Notice | undefined;
  /** Keeps what is said while something fills the screen, and writes it afterwards, however that ended. */
  whileShown<Value>(show: () => Promise<Value>): Promise<Value>;
}

/** Lines that are kept, newest: a service that dies again and again must not fill the memory. */
const KEPT = 500;

export function createNotices(write: (line: string) => void, now: () => number = Date.now): Notices {
  let kept: string[] | undefined;
  let dropped = 0;
  let newest: Notice | undefined;

  function writeKept(): void {
    if (dropped > 0) write(`${dropped.toLocaleString('en')} lines before these were not kept.`);
    for (const line of kept ?? []) write(line);
    kept = undefined;
    dropped = 0;
  }

  return {
    get newest() {
      return newest;
    },
    say(line) {
      newest = { text: line, at: now() };
      if (kept === undefined) return write(line);
      kept.push(line);
      if (kept.length <= KEPT) return;
      kept.shift();
      dropped += 1;
    },
    async whileShown(show) {
      kept = [];
      try {
        return await show();
      } finally {
        writeKept();
      }
    },
  };
}
