import { createEngine, type EngineOptions } from '../../domain/engine.ts';
import type { Mark, TradekitEvent } from '../../domain/events/events.ts';
import { RANK } from '../../domain/events/position.ts';
import type { Candle } from '../../domain/market/candle.ts';
import type { InstantSink } from '../../domain/replay.ts';
import { createCandleEvents } from './candle-events.ts';
import type { PipelineSetup } from './setup.ts';
import type { PlacedEvent } from './stage-machine.ts';

/** The engine with every event in its place, candles included: what the services write between them, made in one loop. */
export interface PlacedEngine extends InstantSink {
  /** Instants so far. */
  readonly n: number;
  /** The events since the last call, in the order of positions. */
  takeEvents(): readonly PlacedEvent[];
}

export type PlacedEngineOptions = Pick<EngineOptions, 'onTrade' | 'equity' | 'isHalted'>;

const RANK_OF: Readonly<Partial<Record<TradekitEvent['type'], number>>> = {
  CANDLE_CLOSED: RANK.feed,
  SESSION_OPENED: RANK.feed,
  SQUARE_OFF: RANK.feed,
  SESSION_CLOSED: RANK.feed,
  FEED_ENDED: RANK.feed,
  POTENTIAL_SIGNAL: RANK.signals,
  TRADE_PLAN_PROPOSED: RANK.plans,
  NO_TRADE_PLAN: RANK.plans,
  PLAN_VALIDATED: RANK.decisions,
  PLAN_REJECTED: RANK.decisions,
};

export function createPlacedEngine(setup: PipelineSetup, options: PlacedEngineOptions = {}): PlacedEngine {
  const candleEvents = createCandleEvents(setup);
  const engine = createEngine({
    ...setup,
    ...options,
    hasVolume: setup.instruments.map(({ hasVolume }) => hasVolume),
    onEvent: place,
  });
  let placed: PlacedEvent[] = [];
  let n = 0;
  let rank = 0;
  let i = 0;

  /** Events come in the order of ranks; a fact of execution after a decision is one of accepting. */
  function place(event: TradekitEvent): void {
    const own = RANK_OF[event.type] ?? (rank >= RANK.decisions ? RANK.accepted : RANK.met);
    if (own !== rank) i = 0;
    rank = own;
    placed.push({ position: { n, rank, i }, event });
    i += 1;
  }

  return {
    get n() {
      return n;
    },
    instant(at: number, candles: readonly Candle[], count: number, marks: readonly Mark[]): void {
      n += 1;
      rank = RANK.feed;
      i = 0;
      for (let c = 0; c < count; c += 1) {
        const candle = candles[c];
        if (candle !== undefined) place(candleEvents.event(candle));
      }
      engine.instant(at, candles, count, marks);
    },
    takeEvents() {
      const taken = placed;
      placed = [];
      return taken;
    },
  };
}
