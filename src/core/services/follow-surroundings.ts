import type { Clock } from '../ports/clock.ts';
import type { DoneMarks, HeartbeatAges, StoreReader } from '../ports/store.ts';

/** What a store says besides its events. */
export type StoreState = {
  readonly done: DoneMarks;
  readonly beats: HeartbeatAges;
  /** The reason of the kill switch; undefined while it is not set. */
  readonly halted: string | undefined;
};

export async function readStoreState(reader: StoreReader): Promise<StoreState> {
  const [done, beats, kill] = await Promise.all([
    reader.done(),
    reader.heartbeatAges(),
    reader.key('TG:KILL'),
  ]);
  return { done, beats, halted: kill === undefined ? undefined : typeof kill === 'string' ? kill : '' };
}

/** Looks again and again until the signal aborts. */
export async function followStoreState(
  reader: StoreReader,
  clock: Clock,
  signal: AbortSignal,
  everyMs: number,
  onState: (state: StoreState) => void,
): Promise<void> {
  while (!signal.aborted) {
    onState(await readStoreState(reader));
    await clock.sleep(everyMs, signal);
  }
}
