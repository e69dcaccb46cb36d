import { describe, expect, it } from 'vitest';
import { CHANNEL_WRITERS, channelOf } from '../../../../src/core/domain/events/channels.ts';
import { BEFORE_ALL, endOfInstant, type Position } from '../../../../src/core/domain/events/position.ts';
import { createPlacedEngine } from '../../../../src/core/services/pipeline/placed-engine.ts';
import { createRiskMachine } from '../../../../src/core/services/pipeline/risk-machine.ts';
import type { PlacedEvent, Step } from '../../../../src/core/services/pipeline/stage-machine.ts';
import { simulatedTape } from '../../../simulation/tapes.ts';

const TAPE = simulatedTape(2);

function eventsOfEngine(): readonly PlacedEvent[] {
  const engine = createPlacedEngine(TAPE.setup);
  TAPE.openFeed().run(engine, Number.POSITIVE_INFINITY);
  return engine.takeEvents();
}

describe('risk as a service', () => {
  const all = eventsOfEngine();
  const ofRisk = all.filter(({ event }) => CHANNEL_WRITERS[channelOf(event)] === 'risk');
  const firstApproval = ofRisk.findIndex(({ event }) => event.type === 'PLAN_VALIDATED');
  const approvedAt = ofRisk[firstApproval]?.position.n ?? Number.NaN;
  const end = endOfInstant(all.at(-1)?.position.n ?? 0);

  /** Everything of the others but execution, and its mark. */
  function afterAllBut(execution: Position): { readonly step: Step; readonly rest: () => Step } {
    const machine = createRiskMachine(TAPE.setup);
    for (const { event, position } of all) {
      const writer = CHANNEL_WRITERS[channelOf(event)];
      if (writer === 'screen' || writer === 'mse') machine.take(event, position);
    }
    const next = (mark: Position) => machine.next([end, mark], new AbortController().signal) as Step; // it never waits
    const step = next(execution);
    return {
      step,
      rest() {
        for (const { event, position } of all)
          if (CHANNEL_WRITERS[channelOf(event)] === 'exec') machine.take(event, position);
        return next(end);
      },
    };
  }

  it('waits for nobody while the account holds nothing: an approval needs no word of execution', () => {
    const { step } = afterAllBut(BEFORE_ALL);
    const decided = ofRisk.filter(({ position }) => position.n <= approvedAt);
    expect(decided.length).toBeGreaterThan(0);
    expect(step.events).toEqual(decided);
  });

  it('decides no other plan before execution has met it, and then the same as the engine', () => {
    const { step, rest } = afterAllBut(BEFORE_ALL);
    const nextPlan = all.find(
      ({ event, position }) => event.type === 'TRADE_PLAN_PROPOSED' && position.n > approvedAt,
    );
    expect(step.to).toEqual(endOfInstant((nextPlan?.position.n ?? 0) - 1));
    expect([...step.events, ...rest().events]).toEqual(ofRisk);
  });
});
