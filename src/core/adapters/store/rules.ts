import { TradekitError } from '../../domain/error.ts';
import { CHANNEL_WRITERS, RANK_WRITERS, STAGE_NAMES, type StageName } from '../../domain/events/channels.ts';
import {
  BEFORE_ALL,
  comparePositions,
  formatPosition,
  type Position,
  packPosition,
} from '../../domain/events/position.ts';
import {
  type Append,
  type Commit,
  type CommitAnswer,
  HEARTBEAT_FRESH_MS,
  type KeyName,
  type RunIdentity,
  type StartRequest,
} from '../../ports/store.ts';

/** The store's rules, for the adapters that decide in this process. */

/** What a store remembers of one service. */
export type ServiceRecord = {
  /** 0 before the first start. */
  readonly epoch: number;
  readonly done: Position;
  /** Of the last commit. */
  readonly token: string | undefined;
  /** Wall clock, UTC epoch ms; undefined after a clean end. */
  readonly beatAt: number | undefined;
};

export const UNSTARTED: ServiceRecord = { epoch: 0, done: BEFORE_ALL, token: undefined, beatAt: undefined };

/** What the rules ask of a store's state. */
export type Held = {
  readonly record: (service: StageName) => ServiceRecord;
  readonly hasKey: (key: KeyName) => boolean;
};

/** The first answer that is not `ok`; undefined where all may be done. */
export function judge(commits: readonly Commit[], held: Held): CommitAnswer | undefined {
  for (const commit of commits) {
    const answer = judgeOne(held.record, commit);
    if (answer !== undefined) return answer;
    if (commit.requires !== undefined && held.hasKey(commit.requires.absent)) return 'refused';
  }
  return undefined;
}

function judgeOne(recordOf: Held['record'], commit: Commit): CommitAnswer | undefined {
  const record = recordOf(commit.service);
  if (!isHeldBy(record, commit.epoch)) return 'fenced';
  if (comparePositions(record.done, commit.to) === 0 && record.token === commit.token) return 'already';
  if (comparePositions(record.done, commit.from) !== 0) return 'gap';
  const hasLost = readMarks(commit).some(([stage, mark]) => comparePositions(recordOf(stage).done, mark) < 0);
  return hasLost ? 'gap' : undefined;
}

/** What the commit was made of: up to where each of the others was read. */
export function readMarks({ read = {} }: Commit): readonly (readonly [stage: StageName, mark: Position])[] {
  const marks: (readonly [StageName, Position])[] = [];
  for (const stage of STAGE_NAMES) {
    const mark = read[stage];
    if (mark !== undefined) marks.push([stage, mark]);
  }
  return marks;
}

/** Nobody holds a service before its first start. */
export function isHeldBy(record: ServiceRecord, epoch: number): boolean {
  return record.epoch > 0 && record.epoch === epoch;
}

/** @throws BUG where a commit makes no sense, whatever the store holds */
export function checkCommits(commits: readonly Commit[]): void {
  if (new Set(commits.map(({ service }) => service)).size < commits.length || commits.length === 0) {
    throw new TradekitError('BUG', 'A commit speaks once for each of its services.');
  }
  for (const commit of commits) checkCommit(commit);
}

function checkCommit({ service, token, from, to, appends }: Commit): void {
  if (token === '') throw new TradekitError('BUG', `A commit of ${service} bears no token.`);
  packPosition(from);
  packPosition(to);
  if (comparePositions(from, to) >= 0) {
    throw new TradekitError('BUG', `A commit of ${service} goes from ${text(from)} to ${text(to)}.`);
  }
  let previous = from;
  for (const append of appends) {
    const { position, channel } = append;
    packPosition(position);
    if (comparePositions(position, previous) <= 0 || comparePositions(position, to) > 0) {
      throw misplaced(service, append, `in (${text(previous)}, ${text(to)}]`);
    }
    if (CHANNEL_WRITERS[channel] !== service || RANK_WRITERS[position.rank] !== service) {
      throw misplaced(service, append, 'its own');
    }
    previous = position;
  }
}

function misplaced(service: StageName, { position, channel }: Append, place: string): TradekitError {
  const what = `${service} appends ${text(position)} to ${channel}`;
  return new TradekitError('BUG', `${what}, which is not ${place}.`);
}

function text(position: Position): string {
  return `"${formatPosition(position)}"`;
}

/** @throws CONFIG where the store's run is not the one that starts */
export function checkRun(held: RunIdentity, starting: RunIdentity): void {
  if (held.id !== starting.id) {
    throw new TradekitError('CONFIG', `The store holds the run "${held.id}", not "${starting.id}".`, {
      hint: 'Name the run that it holds to go on with it, or use another store for a new one.',
    });
  }
  if (held.feed !== starting.feed) {
    throw new TradekitError('CONFIG', `The run "${held.id}" began with another feed.`, {
      hint: 'Name the feed that it began with to go on with it, or start a new run in another store.',
    });
  }
  if (held.configHash === starting.configHash) return;
  throw new TradekitError(
    'CONFIG',
    `The run "${held.id}" began with other strategies, settings or another version of tradekit (${held.configHash}, now ${starting.configHash}).`,
    { hint: 'Put them back as they were to go on with it, or start a new run in another store.' },
  );
}

/** @throws CONFIG where one of the services lives, as far as its heartbeat tells */
export function checkHeartbeats(
  { services, takeOver }: StartRequest<StageName>,
  recordOf: (service: StageName) => ServiceRecord,
  now: number,
): void {
  if (takeOver === true) return;
  for (const service of services) {
    const { beatAt } = recordOf(service);
    if (beatAt === undefined || now - beatAt >= HEARTBEAT_FRESH_MS) continue;
    const seconds = Math.max(0, Math.round((now - beatAt) / 1000));
    throw new TradekitError('CONFIG', `${service} already runs: its last heartbeat is ${seconds} s old.`, {
      hint: 'Stop that one first, or take its place with --take-over.',
    });
  }
}

/** How long ago each stage was heard; a clock that was set back reads 0. */
export function heartbeatAges(
  beatAt: (name: StageName) => number | undefined,
  now: number,
): Readonly<Record<StageName, number | undefined>> {
  return recordOf(STAGE_NAMES, (name) => {
    const at = beatAt(name);
    return at === undefined ? undefined : Math.max(0, now - at);
  });
}

/** A record with one entry per name. */
export function recordOf<Name extends StageName, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  const record: Partial<Record<Name, Value>> = {};
  for (const name of names) record[name] = value(name);
  return record as Record<Name, Value>; // each name has its value now
}
