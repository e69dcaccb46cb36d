import { CHANNEL_WRITERS, channelOf, STAGE_NAMES, type StageName } from '../domain/events/channels.ts';
import { decode } from '../domain/events/decode.ts';
import type { PlanValidated } from '../domain/events/events.ts';
import { BEFORE_ALL, endOfInstant, endOfRank, type Position, RANK } from '../domain/events/position.ts';
import type { Feed } from '../ports/feed.ts';
import type { Commit, DoneMarks, RunIdentity, Store, Tenure } from '../ports/store.ts';
import type { Records } from './backtest.ts';
import { nextTurn } from './next-turn.ts';
import { lostPlace } from './pipeline/lost-place.ts';
import { createPlacedEngine, type PlacedEngine } from './pipeline/placed-engine.ts';
import {
  createLockLifting,
  createLockTaking,
  createPositionProjection,
  type Projection,
} from './pipeline/projections.ts';
import type { PipelineSetup } from './pipeline/setup.ts';
import type { PlacedEvent, PlacedWrite, Step } from './pipeline/stage-machine.ts';
import { createStageOutput, type StageOutput } from './pipeline/stage-output.ts';

export type EmbeddedJob = {
  readonly setup: PipelineSetup;
  readonly store: Store;
  readonly run: RunIdentity;
  readonly takeOver?: boolean;
  /** From the first instant each time; so many instants have been seen before. */
  readonly openFeed: (seen: number) => Promise<Feed>;
  /** Afresh for each fold. */
  readonly createRecords: () => Records;
  readonly onStart?: (tenures: Readonly<Record<StageName, Tenure>>) => void;
  /** Hears the events of each transaction once they are in the store, in order; also those that an earlier start left there. */
  readonly onEvents?: (events: readonly PlacedEvent[], isNew: boolean) => void;
  readonly signal: AbortSignal;
};

export type EmbeddedRun = {
  readonly records: Records;
  /** Time of the instant that would have come next, UTC epoch ms; Infinity where the feed ended. */
  readonly nextAt: number;
};

/** Instants in one transaction, at most: what a replay at full speed takes at once. A live feed brings one. */
const CHUNK = 2000;

/**
 * The whole pipeline in one process: the engine's loop, with every event and all four marks in one transaction.
 *
 * Started again on the same store it folds the run from the first instant, compares, and goes on where the store ends.
 *
 * @throws DATA where the run was recorded otherwise, CONFIG where another process has taken the store over
 */
export async function runEmbedded(job: EmbeddedJob): Promise<EmbeddedRun> {
  const { store, run, takeOver = false } = job;
  const tenures = await store.start({ run, services: STAGE_NAMES, takeOver });
  job.onStart?.(tenures);
  for (;;) {
    const folded = await fold(job, tenures);
    if (folded !== 'halted') return folded;
  }
}

/** Folds the run and goes on; `halted` where the kill switch came between a look at it and the commit: fold again. */
async function fold(
  job: EmbeddedJob,
  tenures: Readonly<Record<StageName, Tenure>>,
): Promise<EmbeddedRun | 'halted'> {
  const { setup, store, signal } = job;
  const done = await store.done();
  const recorded = done.exec.n;
  await using feed = await job.openFeed(recorded);
  const records = job.createRecords();
  const kills = await recordedKills(store, done.exec);
  let killed = false;
  const engine: PlacedEngine = createPlacedEngine(setup, {
    ...records,
    isHalted: ({ correlationId }: PlanValidated) =>
      engine.n <= recorded ? kills.has(correlationId) : killed,
  });
  const publisher = createPublisher(job, tenures, done);
  while (await feed.ready(signal)) {
    killed = (await store.key('TG:KILL')) !== undefined;
    feed.run(engine, engine.n < recorded ? recorded - engine.n : CHUNK);
    const events = engine.takeEvents();
    const told = byStage(events);
    for (const { event } of told.butCandles) records.onEvent(event);
    const isNew = engine.n > recorded;
    if (!(await publisher.publish(engine.n, told))) return 'halted';
    job.onEvents?.(events, isNew);
    await nextTurn();
  }
  return { records, nextAt: feed.nextAt };
}

/** Events by the stage that writes them, and all but the candles, which are most of them. */
type ByStage = Readonly<Record<StageName, readonly PlacedEvent[]>> & {
  readonly butCandles: readonly PlacedEvent[];
};

function byStage(events: readonly PlacedEvent[]): ByStage {
  const of: Record<keyof ByStage, PlacedEvent[]> = {
    screen: [],
    mse: [],
    risk: [],
    exec: [],
    butCandles: [],
  };
  for (const placed of events) {
    of[CHANNEL_WRITERS[channelOf(placed.event)]].push(placed);
    if (placed.event.type !== 'CANDLE_CLOSED') of.butCandles.push(placed);
  }
  return of;
}

/** The orders that the run refused to place as the kill switch stood: inputs of the fold, as they come from outside. */
async function recordedKills(store: Store, upTo: Position): Promise<ReadonlySet<string>> {
  const kills = new Set<string>();
  let after = BEFORE_ALL;
  for (;;) {
    const events = await store.read({ after, upTo, channels: ['EXECUTION.ORDER_CANCELLED'] });
    for (const { line } of events) {
      const event = decode(line);
      if (event.type === 'ORDER_CANCELLED' && event.reason === 'halted') kills.add(event.correlationId);
    }
    const last = events.at(-1);
    if (last === undefined) return kills;
    after = last.position;
  }
}

/** Sends the events of some instants to the store, as the four services would have, all at once. */
function createPublisher(
  { setup, store }: EmbeddedJob,
  tenures: Readonly<Record<StageName, Tenure>>,
  done: DoneMarks,
) {
  const outputs = STAGE_NAMES.map((name): readonly [StageName, StageOutput] => [
    name,
    createStageOutput(store, name, { epoch: tenures[name].epoch, done: done[name] }),
  ]);
  const projections: Readonly<Record<StageName, readonly Projection[]>> = {
    screen: [],
    mse: [],
    risk: [createLockTaking()],
    exec: [createPositionProjection(), createLockLifting(setup.risk.lock)],
  };

  /** Projections see what their service sees: marks, verdicts, its own facts. */
  function writesOf(name: StageName, { butCandles }: ByStage): readonly PlacedWrite[] {
    const writes: PlacedWrite[] = [];
    for (const of of projections[name]) {
      for (const { event, position } of butCandles)
        for (const write of of.writes(event)) writes.push({ ...write, position });
    }
    return writes;
  }

  function stepOf(name: StageName, n: number, told: ByStage): Step {
    return {
      to: name === 'exec' ? endOfRank(n, RANK.accepted) : endOfInstant(n),
      events: told[name],
      writes: writesOf(name, told),
      acceptsEntries: name === 'exec' && told.exec.some(({ event }) => event.type === 'ORDER_PLACED'),
    };
  }

  return {
    /** False where the kill switch stands in its way: nothing of it is in the store then. */
    async publish(n: number, told: ByStage): Promise<boolean> {
      const commits: Commit[] = [];
      for (const [name, output] of outputs) {
        const commit = await output.prepare(stepOf(name, n, told));
        if (commit !== undefined) commits.push(commit);
      }
      if (commits.length === 0) return true;
      const answer = await store.commit(...commits);
      if (answer === 'refused') return false;
      if (answer !== 'ok' && answer !== 'already') throw await lostPlace(store, 'this run', answer);
      for (const commit of commits) outputs.find(([name]) => name === commit.service)?.[1].committed(commit);
      return true;
    },
  };
}
