import { createMemoryStore } from '../../src/core/adapters/store/memory.ts';
import { TradekitError } from '../../src/core/domain/error.ts';
import type { StageName } from '../../src/core/domain/events/channels.ts';
import { encode } from '../../src/core/domain/events/codec.ts';
import { BEFORE_ALL, endOfInstant, formatPosition } from '../../src/core/domain/events/position.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { RunIdentity, Store, StoredEvent } from '../../src/core/ports/store.ts';
import { createExecMachine } from '../../src/core/services/pipeline/exec-machine.ts';
import { createMseMachine } from '../../src/core/services/pipeline/mse-machine.ts';
import { createPatientStore } from '../../src/core/services/pipeline/patient-store.ts';
import { createPlacedEngine } from '../../src/core/services/pipeline/placed-engine.ts';
import { createRiskMachine } from '../../src/core/services/pipeline/risk-machine.ts';
import { runStage } from '../../src/core/services/pipeline/run-stage.ts';
import { createScreenMachine } from '../../src/core/services/pipeline/screen-machine.ts';
import type { StageMachine } from '../../src/core/services/pipeline/stage-machine.ts';
import { Crash, createFaultyStore, type Faults } from './faulty-store.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { SimulatedTape } from './tapes.ts';

export type SimulationOptions = {
  readonly seed: number;
  readonly tape: SimulatedTape;
  readonly faults?: Partial<Faults>;
  /** Copies of each service: they fence one another out. */
  readonly copies?: number;
  /** Somebody sets and lifts the kill switch. */
  readonly kills?: boolean;
  /** The store, broken on purpose. */
  readonly change?: (store: Store) => Store;
  /** A stage, broken on purpose. */
  readonly changeStage?: (machine: StageMachine) => StageMachine;
};

export type Simulated = {
  readonly events: readonly StoredEvent[];
  readonly store: Store;
  readonly crashes: number;
  readonly turns: number;
  readonly fenced: number;
};

const RUN: RunIdentity = { id: 'simulated', configHash: 'c0ffee', feed: 'drawn:' };
const EVERYTHING = { after: BEFORE_ALL, upTo: endOfInstant(1_000_000), max: 1_000_000 };

/** Four services as processes of one seeded world, until the feed has ended and all of it is published. */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { seed, tape, copies = 1, change = (store) => store } = options;
  const scheduler = createScheduler(seed);
  const memory = createMemoryStore({ now: () => 0 });
  const store = change(memory);
  const faults = { crash: 0.004, lostReply: 0.02, unreachable: 0.02, lateRequest: 0.02, ...options.faults };
  const stop = new AbortController();
  const clock: Clock = { now: () => 0, sleep: () => scheduler.turn() };
  const ended = new Set<StageName>();
  const alive = new Map<StageName, number>();
  let crashes = 0;
  let fenced = 0;
  let failure: unknown;

  const machines: Readonly<Record<StageName, () => StageMachine>> = {
    screen: () =>
      createScreenMachine(tape.setup, {
        feed: tape.openFeed(),
        window: 1 + Math.floor(scheduler.random() * 30),
        batch: 1 + Math.floor(scheduler.random() * 8),
      }),
    mse: () => createMseMachine(tape.setup),
    risk: () => createRiskMachine(tape.setup),
    exec: () => createExecMachine(tape.setup),
  };

  async function live(name: StageName): Promise<void> {
    for (;;) {
      for (let wait = Math.floor(scheduler.random() * 10); wait > 0; wait -= 1) await scheduler.turn();
      if (failure !== undefined) return;
      const own = createFaultyStore(store, scheduler, faults);
      const patient = createPatientStore(own, {
        clock,
        timeoutMs: Number.POSITIVE_INFINITY,
        signal: stop.signal,
        say: () => {},
      });
      try {
        const create = () => (options.changeStage ?? ((machine) => machine))(machines[name]());
        await runStage(name, create, { store: patient, run: RUN, takeOver: true, signal: stop.signal });
        ended.add(name);
        return;
      } catch (error) {
        if (error instanceof TradekitError && error.message.startsWith('Another copy')) {
          fenced += 1;
          // A start that came late may have fenced out the only one that lives: somebody starts it again.
          if ((alive.get(name) ?? 0) > 1) {
            alive.set(name, (alive.get(name) ?? 0) - 1);
            return;
          }
          continue;
        }
        // A start whose reply is lost is no start for the one who asked: a person starts it again.
        if (error instanceof Crash || isConnection(error)) crashes += 1;
        else {
          failure ??= error;
          stop.abort();
          return;
        }
      }
    }
  }

  for (const name of ['screen', 'mse', 'risk', 'exec'] as const) {
    alive.set(name, copies);
    for (let copy = 0; copy < copies; copy += 1) void live(name);
  }
  if (options.kills === true) void playWithKillSwitch(memory, scheduler, stop.signal);
  const turns = await scheduler.run();
  if (failure !== undefined) throw failure;
  if (ended.size < 4) throw new Error(`Deadlock: only ${[...ended].join(', ')} ended (seed ${seed}).`);
  return { events: await memory.read(EVERYTHING), store: memory, crashes, turns, fenced };
}

function isConnection(error: unknown): boolean {
  return error instanceof TradekitError && error.code === 'CONNECTION';
}

async function playWithKillSwitch(store: Store, scheduler: Scheduler, signal: AbortSignal): Promise<void> {
  for (let times = 0; times < 4 && !signal.aborted; times += 1) {
    for (let wait = Math.floor(scheduler.random() * 300); wait > 0; wait -= 1) await scheduler.turn();
    if (times % 2 === 0) await store.halt('seen something');
    else await store.resume();
  }
}

/** What the engine says of the same tape, given the kills that the run recorded: position and line of each event. */
export function expectedOf(tape: SimulatedTape, recorded: readonly StoredEvent[] = []): readonly string[] {
  const halted = haltedIn(recorded);
  const engine = createPlacedEngine(tape.setup, {
    isHalted: ({ correlationId }) => halted.has(correlationId),
  });
  tape.openFeed().run(engine, Number.POSITIVE_INFINITY);
  return engine.takeEvents().map(({ position, event }) => `${formatPosition(position)} ${encode(event)}`);
}

export function linesOf(events: readonly StoredEvent[]): readonly string[] {
  return events.map(({ position, line }) => `${formatPosition(position)} ${line}`);
}

function haltedIn(events: readonly StoredEvent[]): ReadonlySet<string> {
  const halts = events.filter(({ line }) => line.includes('"reason":"halted"'));
  return new Set(halts.map(({ line }) => (JSON.parse(line) as { correlationId: string }).correlationId)); // written by encode
}
