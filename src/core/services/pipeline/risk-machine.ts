import type { TradekitEvent } from '../../domain/events/events.ts';
import { BEFORE_ALL, endOfInstant, type Position, RANK } from '../../domain/events/position.ts';
import { createRisk } from '../../domain/risk/risk.ts';
import { createCandleEvents } from './candle-events.ts';
import { createInstantQueue, type Instant } from './instant-queue.ts';
import { hasAccepted, hasMet, hasPassed } from './met.ts';
import { createLockTaking } from './projections.ts';
import type { PipelineSetup } from './setup.ts';
import type { PlacedEvent, PlacedWrite, StageMachine } from './stage-machine.ts';

/**
 * Decides the plans of each instant on the account as of that instant.
 *
 * It passes an instant without a plan at once, for nothing of it can come; it folds the instant, and decides one that has
 * plans, when every fact that bears on the account is known: when execution has met it, or at once while the account
 * holds nothing, for then execution has nothing that could become a fact.
 */
export function createRiskMachine(setup: PipelineSetup): StageMachine {
  const risk = createRisk({ ...setup, settings: setup.risk, records: true });
  const locks = createLockTaking();
  const candleEvents = createCandleEvents(setup);
  const instants = createInstantQueue();
  let passed = 0;
  let folded = 0;
  /** The last instant whose facts of accepting are folded, too. */
  let acceptedOf = 0;
  let ended = false;

  /** The facts of accepting orders at the last instant that was folded. */
  function foldAccepted(): void {
    for (const fact of instants.get(folded).accepted) risk.handle(fact);
    acceptedOf = folded;
  }

  function fold({ n, candles, marks, met }: Instant): void {
    for (const fact of met) risk.handle(fact);
    if (risk.readsCandles) for (const candle of candles) risk.onCandle(candleEvents.view(candle));
    for (const mark of marks) risk.onMark(mark);
    instants.forget(folded);
    folded = n;
  }

  /** Of instants that are whole up to `n`: all, or those whose facts are known. */
  function foldUpTo(n: number, execution: Position): void {
    while (folded < n) {
      if (acceptedOf < folded && (risk.holdsNothing || hasAccepted(execution, folded))) foldAccepted();
      if (acceptedOf < folded || !(risk.holdsNothing || hasMet(execution, folded + 1))) return;
      fold(instants.get(folded + 1));
    }
  }

  function decide({ n, at, plans }: Instant): readonly PlacedEvent[] {
    return risk.decide(plans, at).map((event, i) => ({ position: { n, rank: RANK.decisions, i }, event }));
  }

  function writesOf(event: TradekitEvent, position: Position): readonly PlacedWrite[] {
    return locks.writes(event).map((write) => ({ ...write, position }));
  }

  return {
    name: 'risk',
    sources: [
      { channels: ['MARKET.CANDLE', 'SIGNALS.MSE_OUTPUT'], stage: 'mse' },
      { channels: ['EXECUTION.ORDER_CANCELLED', 'EXECUTION.POSITION_CLOSED'], stage: 'exec' },
    ],
    take: instants.take,
    get ended() {
      return ended;
    },
    next([plans = BEFORE_ALL, execution = BEFORE_ALL]) {
      const events: PlacedEvent[] = [];
      const writes: PlacedWrite[] = [];
      const from = passed;
      while (hasPassed(plans, passed + 1)) {
        const n = passed + 1;
        const instant = instants.get(n);
        const isDue = instant.plans.length > 0;
        if (isDue) foldUpTo(n, execution);
        if (isDue && folded < n) break;
        for (const mark of instant.marks) {
          writes.push(...writesOf(mark, { n, rank: RANK.feed, i: 0 }));
          if (mark.type === 'FEED_ENDED') ended = true;
        }
        if (isDue) {
          for (const placed of decide(instant)) {
            events.push(placed);
            writes.push(...writesOf(placed.event, placed.position));
          }
        }
        passed = n;
      }
      foldUpTo(passed, execution);
      return passed === from
        ? undefined
        : { to: endOfInstant(passed), events, writes, acceptsEntries: false };
    },
  };
}
