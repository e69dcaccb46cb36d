import type { StageName } from '../../domain/events/channels.ts';
import { comparePositions, type Position } from '../../domain/events/position.ts';
import type { Commit, DoneMarks, RunIdentity, Store, Tenure } from '../../ports/store.ts';
import { lostPlace } from './lost-place.ts';
import { createStageInputs } from './stage-inputs.ts';
import type { StageMachine, Step } from './stage-machine.ts';
import { createStageOutput, type StageOutput } from './stage-output.ts';

export type StageHost = {
  readonly store: Store;
  readonly run: RunIdentity;
  readonly takeOver?: boolean;
  /** Ends the loop between two steps; nothing depends on it. */
  readonly signal: AbortSignal;
  /** Hears that the service holds its stage, with the mark at which it takes the run up. */
  readonly onStart?: (tenure: Tenure) => void;
};

/**
 * One service: the loop of all four stages (DESIGN §4).
 *
 * It starts, which fences out any older copy; folds the run from its first instant, comparing what it says with what is
 * recorded; and from its mark on commits step by step. Killed anywhere, it is started again and does the same.
 *
 * @returns `ended` when the feed has ended and all of it is published, `stopped` when the signal aborted
 * @throws CONFIG where another copy took the stage over, or the store was emptied; DATA where the record says otherwise
 */
export async function runStage(
  name: StageName,
  create: (done: Position) => StageMachine,
  { store, run, takeOver = false, signal, onStart }: StageHost,
): Promise<'ended' | 'stopped'> {
  const tenure = (await store.start({ run, services: [name], takeOver }))[name];
  onStart?.(tenure);
  const machine = create(tenure.done);
  const inputs = createStageInputs(store, machine);
  const output = createStageOutput(store, name, tenure, inputs.read);
  const sender = createSender(store, output, name);

  /** Its own mark goes back only where the run is gone or set back; that it is old news is for the store to say. */
  function isBehind(marks: DoneMarks): boolean {
    return comparePositions(marks[name], output.done) < 0;
  }

  const waitsFor = machine.sources.map(({ stage }) => stage);
  for await (const marks of store.watch(signal, waitsFor)) {
    if (isBehind(marks) && isBehind(await store.done())) throw await lostPlace(store, name, 'gap');
    let more = true;
    while (more && !signal.aborted) {
      more = await inputs.fill(marks);
      for (;;) {
        const step = await machine.next(inputs.complete, signal);
        if (step === undefined) break;
        await sender.send(step);
        if (signal.aborted) return 'stopped';
      }
      if (machine.ended) return 'ended';
    }
  }
  return 'stopped';
}

function createSender(store: Store, output: StageOutput, name: StageName) {
  /** True where the commit, or the record, has it; false where the kill switch stands in its way. */
  async function isTaken(commit: Commit | undefined): Promise<boolean> {
    if (commit === undefined) return true;
    const answer = await store.commit(commit);
    if (answer === 'refused') return false;
    if (answer === 'ok' || answer === 'already') output.committed(commit);
    else throw await lostPlace(store, name, answer);
    return true;
  }

  return {
    async send(step: Step): Promise<void> {
      if (await isTaken(await output.prepare(step))) return;
      await isTaken(output.prepareHalted(step));
    },
  };
}
