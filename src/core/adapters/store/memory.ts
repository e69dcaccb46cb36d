import { TradekitError } from '../../domain/error.ts';
import { CHANNELS, type Channel, STAGE_NAMES, type StageName } from '../../domain/events/channels.ts';
import { comparePositions, type Position } from '../../domain/events/position.ts';
import {
  type Commit,
  type CommitAnswer,
  type DoneMarks,
  type KeyName,
  type KeyValue,
  READ_MAX,
  type ReadRange,
  type RunIdentity,
  type StartRequest,
  type Store,
  type StoredEvent,
} from '../../ports/store.ts';
import { createBell, watchMarks } from './bell.ts';
import {
  checkCommits,
  checkHeartbeats,
  checkRun,
  heartbeatAges,
  isHeldBy,
  judge,
  recordOf,
  type ServiceRecord,
  UNSTARTED,
} from './rules.ts';

export type MemoryStoreOptions = {
  /** Wall clock, UTC epoch ms. */
  readonly now?: () => number;
};

/** A store that lives and ends with this process: for backtests and simulations. Its services share the one object. */
export function createMemoryStore({ now = Date.now }: MemoryStoreOptions = {}): Store {
  const records = new Map<StageName, ServiceRecord>();
  const events = new Map<Channel, StoredEvent[]>();
  const keys = new Map<KeyName, KeyValue>();
  const bell = createBell();
  const closing = new AbortController();
  let run: RunIdentity | undefined;

  function record(service: StageName): ServiceRecord {
    return records.get(service) ?? UNSTARTED;
  }

  function marks(): DoneMarks {
    return recordOf(STAGE_NAMES, (name) => record(name).done);
  }

  function start<Name extends StageName>(request: StartRequest<Name>) {
    const beatAt = now();
    checkRun(run ?? request.run, request.run);
    checkHeartbeats(request, record, beatAt);
    run ??= request.run;
    return recordOf(request.services, (service) => {
      const { epoch, done, token } = record(service);
      records.set(service, { epoch: epoch + 1, done, token, beatAt });
      return { epoch: epoch + 1, done };
    });
  }

  function commit(commits: readonly Commit[]): CommitAnswer {
    checkCommits(commits);
    const answer = judge(commits, { record, hasKey: (key) => keys.has(key) });
    if (answer !== undefined) return answer;
    for (const asked of commits) apply(asked, now());
    bell.ring();
    return 'ok';
  }

  function apply({ service, to, token, appends, writes }: Commit, recordedAt: number): void {
    for (const append of appends) channelEvents(append.channel).push({ ...append, recordedAt });
    for (const { key, value } of writes) {
      if (value === undefined) keys.delete(key);
      else keys.set(key, value);
    }
    records.set(service, { ...record(service), done: to, token });
  }

  function channelEvents(channel: Channel): StoredEvent[] {
    const held = events.get(channel) ?? [];
    if (held.length === 0) events.set(channel, held);
    return held;
  }

  function read({ after, upTo, channels = CHANNELS, max = READ_MAX }: ReadRange): readonly StoredEvent[] {
    const found = channels.flatMap((channel) => {
      const held = events.get(channel) ?? [];
      const first = firstAfter(held, after);
      return held.slice(first, Math.min(firstAfter(held, upTo), first + max));
    });
    return found.sort((a, b) => comparePositions(a.position, b.position)).slice(0, max);
  }

  /** Whether the service is still held by that epoch; if so, notes when it was last heard. */
  function beat(service: StageName, epoch: number, beatAt: number | undefined): boolean {
    const held = record(service);
    if (!isHeldBy(held, epoch)) return false;
    records.set(service, { ...held, beatAt });
    return true;
  }

  async function whileOpen<Value>(work: () => Value): Promise<Value> {
    if (closing.signal.aborted) throw new TradekitError('BUG', 'The store in memory has been closed.');
    return work();
  }

  return {
    run: () => whileOpen(() => run),
    done: () => whileOpen(marks),
    read: (range) => whileOpen(() => read(range)),
    watch: (signal, of) =>
      watchMarks({ read: marks, bell, of, signal: AbortSignal.any([signal, closing.signal]) }),
    key: (name) => whileOpen(() => keys.get(name)),
    heartbeatAges: () => whileOpen(() => heartbeatAges((name) => record(name).beatAt, now())),
    start: (request) => whileOpen(() => start(request)),
    commit: (...commits) => whileOpen(() => commit(commits)),
    heartbeat: (service, epoch) => whileOpen(() => (beat(service, epoch, now()) ? 'ok' : 'fenced')),
    leave: (service, epoch) => whileOpen(() => void beat(service, epoch, undefined)),
    halt: (reason) => whileOpen(() => void (keys.has('TG:KILL') || keys.set('TG:KILL', reason))),
    resume: () => whileOpen(() => void keys.delete('TG:KILL')),
    [Symbol.asyncDispose]: async () => closing.abort(),
  };
}

/** A channel has one writer, whose positions only grow. */
function firstAfter(events: readonly StoredEvent[], position: Position): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = events[middle]?.position ?? position;
    if (comparePositions(at, position) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
