import type {
  CandleClosed,
  ExecutionEvent,
  Mark,
  PlanValidated,
  PotentialSignal,
  TradekitEvent,
  TradePlanProposed,
} from '../../domain/events/events.ts';
import { type Position, RANK } from '../../domain/events/position.ts';

/** The events of one instant that a stage has taken, by what they are. */
export type Instant = {
  readonly n: number;
  /** UTC epoch ms. */
  at: number;
  readonly candles: CandleClosed[];
  readonly marks: Mark[];
  readonly signals: PotentialSignal[];
  readonly plans: TradePlanProposed[];
  readonly validated: PlanValidated[];
  /** Facts of execution while it met the instant's candles. */
  readonly met: ExecutionEvent[];
  /** Facts of execution when it accepted the instant's orders. */
  readonly accepted: ExecutionEvent[];
};

/** Instants under way: events come in from several sources, whole instants are taken out in their order. */
export interface InstantQueue {
  take(event: TradekitEvent, position: Position): void;
  /** The instant `n` with what has come of it. */
  get(n: number): Instant;
  /** Forgets the instants up to `n`. */
  forget(n: number): void;
}

export function createInstantQueue(): InstantQueue {
  const instants = new Map<number, Instant>();
  let forgotten = 0;

  function get(n: number): Instant {
    const held = instants.get(n) ?? createInstant(n);
    instants.set(n, held);
    return held;
  }

  return {
    get,
    take: (event, position) => put(get(position.n), event, position.rank),
    forget(n) {
      for (; forgotten < n; forgotten += 1) instants.delete(forgotten + 1);
    },
  };
}

function createInstant(n: number): Instant {
  return {
    n,
    at: Number.NaN,
    candles: [],
    marks: [],
    signals: [],
    plans: [],
    validated: [],
    met: [],
    accepted: [],
  };
}

function put(instant: Instant, event: TradekitEvent, rank: number): void {
  if (rank === RANK.feed) instant.at = event.at;
  switch (event.type) {
    case 'CANDLE_CLOSED':
      instant.candles.push(event);
      return;
    case 'SESSION_OPENED':
    case 'SQUARE_OFF':
    case 'SESSION_CLOSED':
    case 'FEED_ENDED':
      instant.marks.push(event);
      return;
    case 'POTENTIAL_SIGNAL':
      instant.signals.push(event);
      return;
    case 'TRADE_PLAN_PROPOSED':
      instant.plans.push(event);
      return;
    case 'PLAN_VALIDATED':
      instant.validated.push(event);
      return;
    case 'NO_TRADE_PLAN':
    case 'PLAN_REJECTED':
      return;
    default:
      (rank === RANK.met ? instant.met : instant.accepted).push(event);
  }
}
