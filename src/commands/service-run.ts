import type { StageName } from '../core/domain/events/channels.ts';
import type { Position } from '../core/domain/events/position.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { RunIdentity, Store, StoreReader } from '../core/ports/store.ts';
import { keepBeating } from '../core/services/pipeline/heartbeats.ts';
import { createPatientStore } from '../core/services/pipeline/patient-store.ts';
import { runStage } from '../core/services/pipeline/run-stage.ts';
import type { StageMachine } from '../core/services/pipeline/stage-machine.ts';

export type ServiceJob = {
  readonly name: StageName;
  readonly store: Store;
  /** Where it is, without a password. */
  readonly shown: string;
  readonly run: RunIdentity;
  readonly create: (done: Position) => StageMachine;
  readonly takeOver: boolean;
  readonly storeTimeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** One service of the pipeline, from its start to the end of the feed or Ctrl-C. What it does it says on stderr. */
export async function runService(job: ServiceJob): Promise<void> {
  const { name, run, clock, signal, shown } = job;
  const ending = new AbortController();
  let beating: Promise<void> | undefined;
  let from = 0;
  const store = createPatientStore(job.store, {
    clock,
    timeoutMs: job.storeTimeoutMs,
    signal,
    say: (line) => say(name, line),
  });
  try {
    const end = await runStage(name, job.create, {
      store,
      run,
      takeOver: job.takeOver,
      signal,
      onStart(tenure) {
        from = tenure.done.n;
        beating = keepBeating(job.store, { [name]: tenure }, clock, ending.signal);
        const where = from === 0 ? 'from its beginning' : `from instant ${from.toLocaleString('en')}`;
        say(name, `run ${run.id} on ${shown}, ${where}, epoch ${tenure.epoch}, process ${process.pid}.`);
      },
    });
    say(
      name,
      end === 'ended'
        ? 'the feed has ended and all of it is done.'
        : 'stopped; it goes on when started again.',
    );
  } finally {
    ending.abort();
    await beating;
  }
}

/** How often a service looks whether screen has begun the run. */
const WAIT_MS = 200;

/** The run that screen has begun, for who does not read the feed and may be started before it; undefined when stopped. */
export async function awaitRun(
  name: string,
  store: StoreReader,
  shown: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<RunIdentity | undefined> {
  let told = false;
  for (;;) {
    const run = await store.run();
    if (run !== undefined) return run;
    if (!told) say(name, `waiting for screen to begin a run on ${shown}.`);
    told = true;
    await clock.sleep(WAIT_MS, signal);
    if (signal.aborted) return undefined;
  }
}

export function say(name: string, line: string): void {
  process.stderr.write(`${name}: ${line}\n`);
}
