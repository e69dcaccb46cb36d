import type { EventLogReader } from '../core/ports/event-log.ts';

/** Opens places to read, and holds the one asked for last: there can be more files of runs than a process may have open. */
export interface LogReaders extends AsyncDisposable {
  of(url: string): Promise<EventLogReader>;
}

export function createLogReaders(open: (url: string) => Promise<EventLogReader>): LogReaders {
  let held: { readonly url: string; readonly log: EventLogReader } | undefined;

  async function close(): Promise<void> {
    const log = held?.log;
    held = undefined;
    await log?.[Symbol.asyncDispose]();
  }

  return {
    async of(url) {
      if (held?.url === url) return held.log;
      await close();
      const log = await open(url);
      held = { url, log };
      return log;
    },
    [Symbol.asyncDispose]: close,
  };
}
