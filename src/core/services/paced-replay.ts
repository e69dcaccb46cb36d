import { createReplay } from '../domain/replay.ts';
import type { Clock } from '../ports/clock.ts';
import { type BacktestHost, type BacktestInput, type BacktestRun, createRecording } from './backtest.ts';

export type PacedReplayHost = Pick<BacktestHost, 'digest' | 'onEvent'> & {
  readonly clock: Clock;
  /** Multiples of market time; `max`: as fast as it goes. Time between sessions takes none. */
  readonly speed: number | 'max';
  readonly signal: AbortSignal;
};

export type PacedRun = {
  readonly run: BacktestRun;
  /** Time of the instant that would have come next, UTC epoch ms; Infinity where the feed ended. */
  readonly nextAt: number;
};

/** Wall-clock milliseconds between two steps of the replay. */
const STEP_MS = 20;

/** Replays history through the whole pipeline at a pace that can be watched, until it ends or is aborted. */
export async function runPacedReplay(input: BacktestInput, host: PacedReplayHost): Promise<PacedRun> {
  const { clock, speed, signal } = host;
  const { engine, read } = createRecording(input, host);
  const replay = createReplay(input);
  const msPerInstant = speed === 'max' ? 0 : input.baseTimeframeMs / speed;
  const startedAt = clock.now();
  let done = 0;
  while (replay.nextAt !== Number.POSITIVE_INFINITY && !signal.aborted) {
    const due =
      msPerInstant === 0 ? done + MAX_STEP : Math.floor((clock.now() - startedAt) / msPerInstant) + 1;
    const step = Math.min(due - done, MAX_STEP);
    if (step > 0) replay.run(engine, step);
    done += Math.max(0, step);
    await clock.sleep(msPerInstant === 0 ? 0 : STEP_MS, signal);
  }
  return { run: read(), nextAt: replay.nextAt };
}

/** Instants in one go, so that Ctrl-C is heard at any speed. */
const MAX_STEP = 2_000;
