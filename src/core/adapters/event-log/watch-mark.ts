import { setTimeout } from 'node:timers/promises';
import { comparePositions, type Position } from '../../domain/events/position.ts';

type MarkWatch = {
  /** undefined while the log has no such run. */
  readonly read: () => Promise<Position | undefined>;
  readonly pollMs: number;
  readonly signal: AbortSignal;
};

/** `EventLogReader.watch` where nobody tells: looks again and again. */
export async function* watchMark({ read, pollMs, signal }: MarkWatch): AsyncGenerator<Position, void, void> {
  let told: Position | undefined;
  while (!signal.aborted) {
    const mark = await read();
    if (mark !== undefined && (told === undefined || comparePositions(told, mark) !== 0)) {
      told = mark;
      yield mark;
    } else await pause(pollMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
