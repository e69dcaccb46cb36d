import type { ReplaySettings } from '../core/config/settings.ts';
import type { Clock } from '../core/ports/clock.ts';
import { runPacedReplay } from '../core/services/paced-replay.ts';
import type { History } from './history.ts';

export type ReplayJob = {
  readonly history: History;
  readonly replay: ReplaySettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Replays history through the whole pipeline, a line for each order, fill and close, until it ends or Ctrl-C. */
export async function replay({ history, replay: { speed }, clock, signal }: ReplayJob): Promise<void> {
  await runPacedReplay(history.input, {
    clock,
    speed: speed ?? 22_500,
    signal,
    onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
    onTrade: () => {},
  });
}
