import type { ExecutionEvent, PlanValidated } from '../../domain/events/events.ts';
import { BEFORE_ALL, endOfRank, type Position, RANK } from '../../domain/events/position.ts';
import { createExec } from '../../domain/exec/exec.ts';
import { createCandleEvents } from './candle-events.ts';
import { createInstantQueue, type Instant } from './instant-queue.ts';
import { hasPassed } from './met.ts';
import { createLockLifting, createPositionProjection } from './projections.ts';
import type { PipelineSetup } from './setup.ts';
import type { PlacedEvent, PlacedWrite, StageMachine, Step } from './stage-machine.ts';

/**
 * Meets the candles of each instant, then accepts the orders that were validated at it. Both are said as soon as they are
 * done, but for an instant that brought no fact to one who holds nothing: that one is said when it is accepted.
 */
export function createExecMachine(setup: PipelineSetup): StageMachine {
  const exec = createExec({ ...setup, tellsAll: true });
  const projections = [createPositionProjection(), createLockLifting(setup.risk.lock)];
  const candleEvents = createCandleEvents(setup);
  const instants = createInstantQueue();
  let met = 0;
  let accepted = 0;
  let ended = false;

  function meet({ n, at, candles, marks }: Instant): readonly PlacedEvent[] {
    const facts = candles.flatMap((candle) => exec.onCandle(candleEvents.view(candle)));
    for (const mark of marks) {
      facts.push(...exec.onMark(mark));
      if (mark.type === 'FEED_ENDED') ended = true;
    }
    facts.push(...exec.endInstant(at));
    return place(facts, n, RANK.met);
  }

  function accept({ n, at, validated }: Instant, halted: boolean): readonly PlacedEvent[] {
    const facts = validated.flatMap((plan) => exec.accept(plan, slotOf(plan), at, halted));
    return place(facts, n, RANK.accepted);
  }

  function slotOf({ symbol }: PlanValidated): number {
    return candleEvents.slotOf(symbol);
  }

  /** The kill switch stands: what was accepted at this instant is taken back and answered otherwise. */
  function halt(instant: Instant, before: readonly PlacedEvent[]): Step {
    for (const plan of instant.validated) exec.withdraw(plan, slotOf(plan));
    return stepOf([...before, ...accept(instant, true)], endOfRank(instant.n, RANK.accepted));
  }

  function stepOf(events: readonly PlacedEvent[], to: Position): Step {
    return { to, events, writes: events.flatMap(writesOf), acceptsEntries: false };
  }

  function writesOf({ event, position }: PlacedEvent): readonly PlacedWrite[] {
    return projections.flatMap((of) => of.writes(event)).map((write) => ({ ...write, position }));
  }

  return {
    name: 'exec',
    sources: [
      { channels: ['MARKET.CANDLE'], stage: 'screen' },
      { channels: ['SIGNALS.RISK_VALIDATED'], stage: 'risk' },
    ],
    take: instants.take,
    get ended() {
      return ended && accepted === met;
    },
    next([screen = BEFORE_ALL, risk = BEFORE_ALL]) {
      const events: PlacedEvent[] = [];
      let to: Position | undefined;
      for (;;) {
        const instant = instants.get(accepted + 1);
        const { n } = instant;
        if (met < n) {
          if (!hasPassed(screen, n)) break;
          const facts = meet(instant);
          events.push(...facts);
          met = n;
          // While it holds nothing nobody waits for this, so it is said with what comes next.
          if (facts.length > 0 || exec.busy > 0) to = endOfRank(n, RANK.met);
        }
        if (!hasPassed(risk, n)) break;
        const before = events.slice();
        for (const plan of instant.validated) for (const of of projections) of.writes(plan);
        events.push(...accept(instant, false));
        accepted = n;
        instants.forget(n);
        to = endOfRank(n, RANK.accepted);
        if (instant.validated.length > 0)
          return { ...stepOf(events, to), acceptsEntries: true, whenHalted: () => halt(instant, before) };
      }
      return to === undefined ? undefined : stepOf(events, to);
    },
  };
}

function place(facts: readonly ExecutionEvent[], n: number, rank: number): readonly PlacedEvent[] {
  return facts.map((event, i) => ({ position: { n, rank, i }, event }));
}
