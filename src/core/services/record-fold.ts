import { createEngine } from '../domain/engine.ts';
import type { TradekitEvent } from '../domain/events/events.ts';
import type { Position } from '../domain/events/position.ts';
import type { Records } from './backtest.ts';
import { createCandleEvents } from './pipeline/candle-events.ts';
import { createInstantQueue, type Instant } from './pipeline/instant-queue.ts';
import { hasAccepted } from './pipeline/met.ts';
import type { PipelineSetup } from './pipeline/setup.ts';

/**
 * The records of a run that other processes make, from its events: the engine takes the recorded candles, marks and kills,
 * so that trades, account and counts are those that one process would have kept.
 */
export interface RecordFold {
  /** In the order of positions. */
  take(event: TradekitEvent, position: Position): void;
  /** What has been taken so far is all there is, and settled up to here: an instant that is not whole is left out. */
  end(upTo: Position): void;
  /** So many have been folded. */
  readonly candles: number;
  /** No candle that was folded closed at it or later, UTC epoch ms; Infinity where the feed ended. */
  readonly nextAt: number;
}

export function createRecordFold(setup: PipelineSetup, records: Records): RecordFold {
  const instants = createInstantQueue();
  const candleEvents = createCandleEvents(setup);
  let halted: ReadonlySet<string> = new Set();
  const engine = createEngine({
    ...setup,
    ...records,
    hasVolume: setup.instruments.map(({ hasVolume }) => hasVolume),
    isHalted: ({ correlationId }) => halted.has(correlationId),
  });
  /** Instants that are folded, and the one that is being taken. */
  let n = 0;
  let newest = 0;
  let candleCount = 0;
  let nextAt = Number.NEGATIVE_INFINITY;

  function fold({ at, candles, marks, accepted }: Instant): void {
    halted = new Set(accepted.filter(isHalted).map(({ correlationId }) => correlationId));
    engine.instant(at, candles.map(candleEvents.view), candles.length, marks);
    candleCount += candles.length;
    nextAt = marks.some(({ type }) => type === 'FEED_ENDED') ? Number.POSITIVE_INFINITY : at + 1;
  }

  function foldNewest(): void {
    if (newest === n) return;
    fold(instants.get(newest));
    instants.forget(newest);
    n = newest;
  }

  return {
    take(event, position) {
      if (position.n > newest) foldNewest();
      newest = position.n;
      instants.take(event, position);
    },
    end(upTo) {
      if (hasAccepted(upTo, newest)) foldNewest();
    },
    get candles() {
      return candleCount;
    },
    get nextAt() {
      return nextAt;
    },
  };
}

function isHalted(event: TradekitEvent): boolean {
  return event.type === 'ORDER_CANCELLED' && event.reason === 'halted';
}
