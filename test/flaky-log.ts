import { TradekitError } from '../src/core/domain/error.ts';
import type { EventLog } from '../src/core/ports/event-log.ts';

/** A log that can be away, as seen by the copier. */
export interface FlakyLog {
  readonly log: EventLog;
  /** Fails so many calls from now on. */
  failNext(calls: number): void;
  /** Writes the next batch, but says that it failed. */
  loseNextAnswer(): void;
  /** The largest batch it was given. */
  readonly largest: number;
}

export function flaky(log: EventLog): FlakyLog {
  let failures = 0;
  let losesAnswer = false;
  let largest = 0;

  function check(): void {
    if (failures === 0) return;
    failures -= 1;
    throw away();
  }

  return {
    failNext(calls) {
      failures = calls;
    },
    loseNextAnswer() {
      losesAnswer = true;
    },
    get largest() {
      return largest;
    },
    log: {
      ...log,
      async runs() {
        check();
        return log.runs();
      },
      async append(batch) {
        largest = Math.max(largest, batch.events.length);
        check();
        const answer = await log.append(batch);
        if (!losesAnswer) return answer;
        losesAnswer = false;
        throw away();
      },
    },
  };
}

function away(): TradekitError {
  return new TradekitError('CONNECTION', 'The event log is away.');
}
