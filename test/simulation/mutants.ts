import { BEFORE_ALL, type Position } from '../../src/core/domain/events/position.ts';
import type { StageMachine } from '../../src/core/services/pipeline/stage-machine.ts';

/** Stages with one condition of the rule left out: the simulation must tell each of them from the real one. */

/** Risk decides a plan though execution has not met its instant. */
export function riskNotWaitingForExec(machine: StageMachine): StageMachine {
  return changed(machine, 'risk', ([plans = BEFORE_ALL]) => [plans, plans]);
}

/** Execution meets an instant though risk has not decided the one before. */
export function execNotWaitingForRisk(machine: StageMachine): StageMachine {
  return changed(machine, 'exec', ([screen = BEFORE_ALL]) => [screen, screen]);
}

/** The plans engine takes an instant that is only half there. */
export function mseTakingHalfInstants(machine: StageMachine): StageMachine {
  return changed(machine, 'mse', ([screen = BEFORE_ALL]) => [{ n: screen.n + 1, rank: 9, i: 999_999 }]);
}

/** Marks that are read after the events: what came in between is taken as read. */
export function readingMarksLate(machine: StageMachine): StageMachine {
  return wrapped(machine, { next: (complete, signal) => machine.next(complete.map(oneInstantOn), signal) });
}

function oneInstantOn({ n }: Position): Position {
  return { n: n + 1, rank: 9, i: 999_999 };
}

function changed(
  machine: StageMachine,
  name: StageMachine['name'],
  claim: (complete: readonly Position[]) => readonly Position[],
): StageMachine {
  if (machine.name !== name) return machine;
  return wrapped(machine, { next: (complete, signal) => machine.next(claim(complete), signal) });
}

function wrapped(machine: StageMachine, parts: Partial<StageMachine>): StageMachine {
  return {
    name: machine.name,
    sources: machine.sources,
    take: machine.take,
    next: machine.next,
    ...parts,
    get ended() {
      return machine.ended;
    },
  };
}
