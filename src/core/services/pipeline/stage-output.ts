import { TradekitError } from '../../domain/error.ts';
import { CHANNEL_WRITERS, CHANNELS, channelOf, type StageName } from '../../domain/events/channels.ts';
import { encode } from '../../domain/events/codec.ts';
import { BEFORE_ALL, comparePositions, formatPosition, type Position } from '../../domain/events/position.ts';
import {
  type Append,
  type Commit,
  type DoneMarks,
  READ_MAX,
  type StoreReader,
  type Tenure,
} from '../../ports/store.ts';
import type { PlacedEvent, Step } from './stage-machine.ts';

/**
 * What one service publishes: up to the mark with which it started it compares its steps with what the run has
 * recorded, beyond it makes commits of them.
 */
export interface StageOutput {
  readonly done: Position;
  /**
   * What of the step is still to be committed; undefined where the run has all of it.
   *
   * @throws DATA where the run has recorded something else
   */
  prepare(step: Step): Promise<Commit | undefined>;
  /** What to commit instead where the store refused the step. */
  prepareHalted(step: Step): Commit | undefined;
  /** The commit was taken. */
  committed(commit: Commit): void;
}

export function createStageOutput(
  store: StoreReader,
  service: StageName,
  { epoch, done: recordedUpTo }: Tenure,
  read: () => Partial<DoneMarks> = () => ({}),
): StageOutput {
  const record = createRecord(store, service, recordedUpTo);
  let done = recordedUpTo;
  let attempts = 0;

  function commitOf({ to, events, writes, acceptsEntries }: Step): Commit | undefined {
    if (comparePositions(to, done) <= 0) return undefined;
    attempts += 1;
    return {
      service,
      epoch,
      // An epoch is this start's alone, so the count makes the token this attempt's alone.
      token: `${service}.${epoch}.${attempts}`,
      from: done,
      to,
      read: read(),
      ...(acceptsEntries ? { requires: { absent: 'TG:KILL' } as const } : {}),
      appends: appendsOf(events),
      writes: writes.filter(isNew).map(({ key, value }) => ({ key, value })),
    };
  }

  function appendsOf(events: readonly PlacedEvent[]): readonly Append[] {
    const appends: Append[] = [];
    for (const placed of events) {
      const { position, event } = placed;
      if (isNew(placed)) appends.push({ position, channel: channelOf(event), line: encode(event) });
    }
    return appends;
  }

  function isNew({ position }: { readonly position: Position }): boolean {
    return comparePositions(position, done) > 0;
  }

  function halted({ whenHalted }: Step): Step {
    if (whenHalted === undefined) {
      throw new TradekitError('BUG', `${service} was refused a step that asks nothing.`);
    }
    return whenHalted();
  }

  return {
    get done() {
      return done;
    },
    async prepare(step) {
      const differs = await record.compare(step);
      if (differs === undefined) return commitOf(step);
      // A recorded kill is an input: the same fold with it says what was recorded.
      if (step.whenHalted === undefined) throw differs;
      const instead = halted(step);
      const stillDiffers = await record.compare(instead);
      if (stillDiffers !== undefined) throw stillDiffers;
      return commitOf(instead);
    },
    prepareHalted: (step) => commitOf(halted(step)),
    committed({ to }) {
      done = to;
    },
  };
}

/** The service's own events up to its mark, as the run has them: read along while it folds the run again. */
function createRecord(store: StoreReader, service: StageName, upTo: Position) {
  const channels = CHANNELS.filter((channel) => CHANNEL_WRITERS[channel] === service);
  let ahead: Append[] = [];
  let readTo = BEFORE_ALL;

  /** The recorded events up to a position. */
  async function until(position: Position): Promise<readonly Append[]> {
    while (comparePositions(readTo, position) < 0) {
      const read = await store.read({ after: readTo, upTo, channels });
      ahead.push(...read);
      const last = read.at(-1)?.position;
      readTo = read.length < READ_MAX || last === undefined ? upTo : last;
    }
    const next = ahead.findIndex((event) => comparePositions(event.position, position) > 0);
    return next === -1 ? ahead : ahead.slice(0, next);
  }

  return {
    /** What is wrong where the step says something else than was recorded. */
    async compare({ to, events }: Step): Promise<TradekitError | undefined> {
      if (comparePositions(upTo, BEFORE_ALL) === 0) return undefined;
      const end = comparePositions(to, upTo) < 0 ? to : upTo;
      const recorded = await until(end);
      const said = events.filter(({ position }) => comparePositions(position, end) <= 0);
      for (let i = 0; i < Math.max(recorded.length, said.length); i += 1) {
        const difference = differenceOf(said[i], recorded[i]);
        if (difference !== undefined) return differs(service, difference);
      }
      ahead = ahead.slice(recorded.length);
      return undefined;
    },
  };
}

/** What a step says where the run has recorded something else, or nothing. */
type Difference = {
  readonly position: Position;
  readonly said: string | undefined;
  readonly recorded: string | undefined;
};

function differenceOf(said: PlacedEvent | undefined, recorded: Append | undefined): Difference | undefined {
  if (said === undefined)
    return recorded && { position: recorded.position, said: undefined, recorded: recorded.line };
  const { position } = said;
  const line = encode(said.event);
  const order = recorded === undefined ? -1 : comparePositions(position, recorded.position);
  if (recorded === undefined || order < 0) return { position, said: line, recorded: undefined };
  if (order > 0) return { position: recorded.position, said: undefined, recorded: recorded.line };
  return line === recorded.line ? undefined : { position, said: line, recorded: recorded.line };
}

function differs(service: StageName, { position, said, recorded }: Difference): TradekitError {
  const place = `At "${formatPosition(position)}" ${service}`;
  const from = firstShown(said, recorded);
  return new TradekitError(
    'DATA',
    `${place} said ${shown(recorded, from)} when the run was recorded and says ${shown(said, from)} now: the feed, strategies.json or tradekit changed since.`,
    { hint: 'Put them back as they were to go on with this run, or start a new run.' },
  );
}

const SHOWN = 160;
/** So much of what is the same stands before what differs. */
const BEFORE = 60;

/** From the beginning, but where the two differ only far behind it: what differs is what one wants to see. */
function firstShown(one = '', other = ''): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same + BEFORE < SHOWN ? 0 : same - BEFORE;
}

function shown(line: string | undefined, from: number): string {
  if (line === undefined) return 'nothing';
  const part = line.slice(from, from + SHOWN);
  return `"${from > 0 ? '…' : ''}${part}${from + SHOWN < line.length ? '…' : ''}"`;
}
