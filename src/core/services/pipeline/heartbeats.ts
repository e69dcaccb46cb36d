import type { StageName } from '../../domain/events/channels.ts';
import type { Clock } from '../../ports/clock.ts';
import { HEARTBEAT_FRESH_MS, type Store, type StoreReader, type Tenure } from '../../ports/store.ts';

/** A third of the age at which a start no longer minds it. */
const BEAT_MS = 5000;

/**
 * Says every five seconds that these services live, until the signal aborts, and then that they have left.
 *
 * A store that is away hears nothing, and that is all: commits find out by themselves, and a fenced copy at its next one.
 */
export async function keepBeating(
  store: Store,
  tenures: Readonly<Partial<Record<StageName, Tenure>>>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const held = Object.entries(tenures) as [StageName, Tenure][]; // entries of a partial record: none is undefined
  while (!signal.aborted) {
    await clock.sleep(BEAT_MS, signal);
    if (!signal.aborted) await quietly(held.map(([name, { epoch }]) => store.heartbeat(name, epoch)));
  }
  await quietly(held.map(([name, { epoch }]) => store.leave(name, epoch)));
}

/**
 * Resolves when none of the services was heard for as long as a start asks, or one was heard meanwhile: then it lives, and
 * the start says so. For the one who starts again what was killed.
 */
export async function untilSilent(
  store: StoreReader,
  clock: Clock,
  signal: AbortSignal,
  onWait: (ms: number) => void,
): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const ages = Object.values(await store.heartbeatAges()).filter((age) => age !== undefined);
    const youngest = Math.min(...ages);
    const left = HEARTBEAT_FRESH_MS - youngest;
    if (left <= 0 || signal.aborted) return;
    const wasHeardAgain = before !== Number.POSITIVE_INFINITY && youngest < before;
    if (wasHeardAgain) return;
    if (before === Number.POSITIVE_INFINITY) onWait(left);
    before = youngest;
    await clock.sleep(Math.min(left + 50, 1000), signal);
  }
}

async function quietly(calls: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(calls);
}
