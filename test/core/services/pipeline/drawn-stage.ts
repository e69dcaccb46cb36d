import type { CandleClosed } from '../../../../src/core/domain/events/events.ts';
import { endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { RunIdentity } from '../../../../src/core/ports/store.ts';
import type {
  PlacedEvent,
  StageMachine,
  Step,
} from '../../../../src/core/services/pipeline/stage-machine.ts';

/** A screen that publishes one candle at each instant, as steps and as the stage that makes them. */

export const RUN: RunIdentity = { id: 'drawn', configHash: 'c0ffee', feed: 'drawn:' };

const MINUTE = 60_000;

export function candle(n: number, close = 100): CandleClosed {
  return {
    id: `ACME/1m/${n * MINUTE}`,
    v: 1,
    type: 'CANDLE_CLOSED',
    symbol: 'ACME',
    at: (n + 1) * MINUTE,
    openAt: n * MINUTE,
    timeframe: '1m',
    open: 100,
    high: 101,
    low: 99,
    close,
  };
}

export function placed(n: number, close?: number): PlacedEvent {
  return { position: { n, rank: 0, i: 0 }, event: candle(n, close) };
}

/** Everything of the instants from `from` to `to`: a candle and a projection of it each. */
export function stepOf(from: number, to: number, parts: Partial<Step> = {}): Step {
  const events = Array.from({ length: to - from + 1 }, (_, i) => placed(from + i));
  const writes = events.map(
    ({ position }) => ({ key: 'POS:ACME', value: `${position.n}`, position }) as const,
  );
  return { to: endOfInstant(to), events, writes, acceptsEntries: false, ...parts };
}

export function stageOf(steps: readonly Step[]): StageMachine {
  const left = [...steps];
  return {
    name: 'screen',
    sources: [],
    take() {},
    next: () => left.shift(),
    get ended() {
      return left.length === 0;
    },
  };
}
