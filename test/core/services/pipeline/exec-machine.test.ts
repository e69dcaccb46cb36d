import { describe, expect, it } from 'vitest';
import { CHANNEL_WRITERS, channelOf } from '../../../../src/core/domain/events/channels.ts';
import {
  BEFORE_ALL,
  endOfInstant,
  endOfRank,
  type Position,
  RANK,
} from '../../../../src/core/domain/events/position.ts';
import { createExecMachine } from '../../../../src/core/services/pipeline/exec-machine.ts';
import { createPlacedEngine } from '../../../../src/core/services/pipeline/placed-engine.ts';
import type { Step } from '../../../../src/core/services/pipeline/stage-machine.ts';
import { simulatedTape } from '../../../simulation/tapes.ts';

const TAPE = simulatedTape(2);

describe('exec as a service', () => {
  const engine = createPlacedEngine(TAPE.setup);
  TAPE.openFeed().run(engine, Number.POSITIVE_INFINITY);
  const all = engine.takeEvents();
  const by = (name: string) => all.filter(({ event }) => CHANNEL_WRITERS[channelOf(event)] === name);
  const approvals = by('risk').filter(({ event }) => event.type === 'PLAN_VALIDATED');
  const firstApproval = approvals[0]?.position.n ?? Number.NaN;
  const end = endOfInstant(engine.n);

  function machineWithCandles() {
    const machine = createExecMachine(TAPE.setup);
    for (const { event, position } of by('screen')) machine.take(event, position);
    return {
      machine,
      next: (risk: Position) => machine.next([end, risk], new AbortController().signal) as Step | undefined, // it never waits
    };
  }

  it('says nothing of instants that brought it nothing while it holds nothing, until risk has passed them', () => {
    const { next } = machineWithCandles();
    expect(next(BEFORE_ALL)).toBeUndefined();
    expect(next(endOfInstant(3))?.to).toEqual(endOfRank(3, RANK.accepted));
    expect(next(endOfInstant(3))).toBeUndefined();
  });

  it('says at once what it has met while it holds an order, for risk waits for that', () => {
    const { machine, next } = machineWithCandles();
    for (const { event, position } of approvals) machine.take(event, position);
    expect(next(endOfInstant(firstApproval))).toMatchObject({
      to: endOfRank(firstApproval, RANK.accepted),
      acceptsEntries: true,
    });
    const ended = by('exec').find(
      ({ event }) => event.type === 'POSITION_CLOSED' || event.type === 'ORDER_CANCELLED',
    );
    const withFacts = new Set(by('exec').map(({ position }) => position.n));
    const until = ended?.position.n ?? 0;
    const held = Array.from({ length: until - firstApproval }, (_, i) => firstApproval + 1 + i);
    expect(held.filter((n) => !withFacts.has(n)).length, 'instants that bring it nothing').toBeGreaterThan(0);
    for (const n of held) expect(next(endOfInstant(n - 1))?.to).toEqual(endOfRank(n, RANK.met));
  });

  it('says what the engine says', () => {
    const { machine, next } = machineWithCandles();
    for (const { event, position } of approvals) machine.take(event, position);
    const said: unknown[] = [];
    for (let step = next(end); step !== undefined; step = next(end)) said.push(...step.events);
    expect(said).toEqual(by('exec'));
    expect(machine.ended).toBe(true);
  });
});
