import { createEngine } from '../domain/engine.ts';
import type { TradekitEvent } from '../domain/events/events.ts';
import { createReplay } from '../domain/replay.ts';
import type { Trade } from '../domain/trading/trade.ts';
import type { Clock } from '../ports/clock.ts';
import { type BacktestInput, engineOptions } from './backtest.ts';

export type PacedReplayHost = {
  readonly clock: Clock;
  /** Multiples of market time; `max`: as fast as it goes. Time between sessions takes none. */
  readonly speed: number | 'max';
  readonly signal: AbortSignal;
  /** Every decision event and mark, in order. */
  readonly onEvent: (event: TradekitEvent) => void;
  readonly onTrade: (trade: Trade) => void;
};

/** Wall-clock milliseconds between two steps of the replay. */
const STEP_MS = 20;

/** Replays history through the whole pipeline at a pace that can be watched, until it ends or is aborted. */
export async function runPacedReplay(input: BacktestInput, host: PacedReplayHost): Promise<void> {
  const { clock, speed, signal } = host;
  const engine = createEngine({ ...engineOptions(input), onEvent: host.onEvent, onTrade: host.onTrade });
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
}

/** Instants in one go, so that Ctrl-C is heard at any speed. */
const MAX_STEP = 2_000;
