import { createEngine } from '../domain/engine.ts';
import { TradekitError } from '../domain/error.ts';
import { encode } from '../domain/events/codec.ts';
import { decode } from '../domain/events/decode.ts';
import type { TradekitEvent } from '../domain/events/events.ts';
import { formatPosition, type Position } from '../domain/events/position.ts';
import type { StoredEvent } from '../ports/store.ts';
import type { Records } from './backtest.ts';
import { createCandleEvents } from './pipeline/candle-events.ts';
import { createInstantQueue, type Instant } from './pipeline/instant-queue.ts';
import { hasAccepted } from './pipeline/met.ts';
import type { PipelineSetup } from './pipeline/setup.ts';

/**
 * The records of a run that other processes make, from its events: the engine takes the recorded candles, marks and kills,
 * so that trades, account and counts are those that one process would have kept. What it says is compared with what the
 * others have recorded, line for line.
 */
export interface RecordFold {
  /**
   * In the order of positions.
   *
   * @throws DATA where the others have recorded something else than the engine says
   */
  take(recorded: StoredEvent): TradekitEvent;
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
  /** Of the instant that is being taken, candles aside: what was recorded, and what the engine says. */
  let recorded: StoredEvent[] = [];
  let said: string[] = [];
  const engine = createEngine({
    ...setup,
    ...records,
    hasVolume: setup.instruments.map(({ hasVolume }) => hasVolume),
    isHalted: ({ correlationId }) => halted.has(correlationId),
    onEvent(event) {
      said.push(encode(event));
      records.onEvent(event);
    },
  });
  /** Instants that are folded, and the one that is being taken. */
  let n = 0;
  let newest = 0;
  let candleCount = 0;
  let nextAt = Number.NEGATIVE_INFINITY;

  function fold({ at, candles, marks, accepted }: Instant): void {
    halted = new Set(accepted.filter(isHalted).map(({ correlationId }) => correlationId));
    engine.instant(at, candles.map(candleEvents.view), candles.length, marks);
    for (let i = 0; i < Math.max(said.length, recorded.length); i += 1) compare(recorded[i], said[i], at);
    recorded = [];
    said = [];
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
    take(stored) {
      const { position, line } = stored;
      const event = decode(line);
      if (position.n > newest) foldNewest();
      newest = position.n;
      if (event.type !== 'CANDLE_CLOSED') recorded.push(stored);
      instants.take(event, position);
      return event;
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

function compare(recorded: StoredEvent | undefined, said: string | undefined, at: number): void {
  if (recorded?.line === said) return;
  const place = recorded === undefined ? new Date(at).toISOString() : formatPosition(recorded.position);
  throw new TradekitError(
    'DATA',
    `At "${place}" the services recorded ${recorded?.line ?? 'nothing'} where one process says ${said ?? 'nothing'}: no summary is made of that.`,
    {
      hint: 'tradekit log query shows what was recorded. This should never be: please report it with that record.',
    },
  );
}
