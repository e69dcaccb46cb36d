import { decode } from '../../domain/events/decode.ts';
import { BEFORE_ALL, comparePositions, type Position } from '../../domain/events/position.ts';
import { type DoneMarks, READ_MAX, type StoreReader } from '../../ports/store.ts';
import type { Source, StageMachine } from './stage-machine.ts';

/** Reads what a stage takes, source by source, up to marks that were read before. */
export interface StageInputs {
  /** By source: everything up to here has been taken. */
  readonly complete: readonly Position[];
  /** The same by stage. */
  read(): Partial<DoneMarks>;
  /** One read of each source that lags behind its mark. True where there is more to read by the same marks. */
  fill(marks: DoneMarks): Promise<boolean>;
}

export function createStageInputs(store: StoreReader, machine: StageMachine): StageInputs {
  const complete: Position[] = machine.sources.map(() => BEFORE_ALL);

  /** True where the source has more. */
  async function fillOne({ channels, stage }: Source, index: number, marks: DoneMarks): Promise<boolean> {
    const after = complete[index] ?? BEFORE_ALL;
    const end = marks[stage];
    if (comparePositions(after, end) >= 0) return false;
    const events = channels.length === 0 ? [] : await store.read({ after, upTo: end, channels });
    for (const { line, position } of events) machine.take(decode(line), position);
    const last = events.at(-1)?.position;
    const isPart = events.length === READ_MAX && last !== undefined;
    complete[index] = isPart ? last : end;
    return isPart;
  }

  return {
    complete,
    read: () => Object.fromEntries(machine.sources.map(({ stage }, index) => [stage, complete[index]])),
    async fill(marks) {
      const more = await Promise.all(machine.sources.map((source, index) => fillOne(source, index, marks)));
      return more.includes(true);
    },
  };
}
