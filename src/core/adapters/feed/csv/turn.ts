import { setImmediate } from 'node:timers/promises';

/**
 * Lets what waits outside have its turn, Ctrl-C first of all: between two immediates Node looks for it.
 *
 * @throws the signal's reason once it is aborted
 */
export async function turn(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  await setImmediate();
  await setImmediate();
  signal.throwIfAborted();
}
