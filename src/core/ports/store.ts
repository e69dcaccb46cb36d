import type { Channel, StageName } from '../domain/events/channels.ts';
import type { Position } from '../domain/events/position.ts';

/** A start is refused beside a heartbeat younger than this. */
export const HEARTBEAT_FRESH_MS = 15_000;

/** Events in one read, where the reader does not say. */
export const READ_MAX = 1000;

/** One feed start with one configuration. */
export type RunIdentity = {
  readonly id: string;
  /** Fingerprint of strategies, settings and code version: another one decides otherwise. */
  readonly configHash: string;
  /** What the feed says of itself, as text: services that do not read the feed learn of it here. */
  readonly feed: string;
};

/**
 * By stage, the position up to which it has taken its inputs and published all it ever will: its cursor, its
 * watermark and its guard against doing anything twice, in one.
 */
export type DoneMarks = Readonly<Record<StageName, Position>>;

/** By stage, how long ago it was last heard, ms by the store's clock; undefined where it never started or has left. */
export type HeartbeatAges = Readonly<Record<StageName, number | undefined>>;

/** What a stage holds from its start on: commits of an older epoch are fenced out. */
export type Tenure = { readonly epoch: number; readonly done: Position };

export type StartRequest<Name extends StageName> = {
  readonly run: RunIdentity;
  readonly services: readonly Name[];
  /** Start also beside a living copy, which is fenced out from then on. */
  readonly takeOver?: boolean;
};

/** Projections of the run for people and old tools, and the switch that stops entries. No stage reads `POS` or `TG:LOCK` to decide. */
export type KeyName = `POS:${string}` | `TG:LOCK:${string}` | 'TG:KILL';
/** A text, or the fields of a hash. */
export type KeyValue = string | Readonly<Record<string, string>>;
/** `undefined` deletes. */
export type KeyWrite = { readonly key: KeyName; readonly value: KeyValue | undefined };

/** One event on its channel: the line that `encode` made. */
export type Append = { readonly position: Position; readonly channel: Channel; readonly line: string };

export type StoredEvent = Append & {
  /** Wall clock of the store at the commit, UTC epoch ms: nothing that decides reads it. */
  readonly recordedAt: number;
};

export type Commit = {
  readonly service: StageName;
  readonly epoch: number;
  /** Names this attempt. A resend is identical, token included; two attempts never share one. */
  readonly token: string;
  /** Where the service believes its mark to be. */
  readonly from: Position;
  /** Where it moves, beyond `from`. */
  readonly to: Position;
  /**
   * Up to where the service had read the others: their marks stand there or beyond. A store that came back without its
   * last commits takes nothing that was made of them. All as it is by default.
   */
  readonly read?: Partial<DoneMarks>;
  /** Refuses where the key exists: exec asks it of every entry, and of nothing else. */
  readonly requires?: { readonly absent: KeyName };
  /** Ascending, each in (from, to], on the service's own channels and ranks. May be empty. */
  readonly appends: readonly Append[];
  readonly writes: readonly KeyWrite[];
};

/**
 * In the order in which they are tested.
 *
 * - `fenced`: a younger copy of the service has started; this one must end.
 * - `already`: the mark stands at `to` and was moved there by this very token: the resend of a commit whose reply was lost.
 * - `gap`: the mark is not at `from`, or one of those that were `read` is behind; whoever sent this has missed something,
 *   or the store has lost it.
 * - `refused`: what `requires` forbids is there; commit again, with the answer to that.
 * - `ok`: all of it is in the store.
 */
export type CommitAnswer = 'fenced' | 'already' | 'gap' | 'refused' | 'ok';

export type ReadRange = {
  /** Exclusive. */
  readonly after: Position;
  /** Inclusive: a mark, read before this call. Reading first and asking for marks later misses events. */
  readonly upTo: Position;
  /** All of them by default. */
  readonly channels?: readonly Channel[];
  /** The oldest so many, `READ_MAX` by default: go on after the last one's position. */
  readonly max?: number;
};

/** What screens, reports and the event log see of a store. It never changes one. */
export interface StoreReader extends AsyncDisposable {
  /** `undefined` until the first start. */
  run(): Promise<RunIdentity | undefined>;

  /** The marks of all stages, as of one moment. */
  done(): Promise<DoneMarks>;

  /** Events in the order of positions, merged over the channels. */
  read(range: ReadRange): Promise<readonly StoredEvent[]>;

  /**
   * The marks, now and whenever one has moved since they were last given; moves in between are told once. Ends when
   * the signal aborts or the store closes. What a reader needs: marks first, then `read` up to them.
   *
   * @param of whose moves matter, all of them by default: those of others need not be told, nor be up to date
   */
  watch(signal: AbortSignal, of?: readonly StageName[]): AsyncIterable<DoneMarks>;

  key(name: KeyName): Promise<KeyValue | undefined>;

  heartbeatAges(): Promise<HeartbeatAges>;
}

/**
 * The record of one run, shared by its services: events by position, one mark and one epoch per stage, and one way to
 * write, `commit`, which does all of it or nothing.
 *
 * Lost replies and crashes need no more care than this: send the same commit again, or start again and fold the run up
 * to `done`.
 */
export interface Store extends StoreReader {
  /**
   * Makes the caller the one copy of these services, all of them or none: gives each a higher epoch than any before,
   * with the mark as of that moment. The first start names the store's run.
   *
   * @throws CONFIG where the store holds another run or the run had another configuration, and, without `takeOver`,
   * where a service's heartbeat is younger than `HEARTBEAT_FRESH_MS`
   */
  start<Name extends StageName>(request: StartRequest<Name>): Promise<Readonly<Record<Name, Tenure>>>;

  /**
   * Appends, writes and moves the mark to `to`, atomically; any other answer than `ok` leaves nothing behind.
   *
   * A host that runs several services itself may commit for them together, one commit each: all of them or none, and
   * the first answer that is not `ok` answers for all.
   *
   * @throws BUG where the commit itself makes no sense: appends beyond (from, to], another stage's channel
   * @throws CONNECTION where the store cannot be reached: whether it was done is unknown, a resend tells
   */
  commit(...commits: readonly Commit[]): Promise<CommitAnswer>;

  /** Says that the service lives. `fenced` tells an idle copy that it has been replaced. A start counts as the first. */
  heartbeat(service: StageName, epoch: number): Promise<'ok' | 'fenced'>;

  /** A clean end: the next start need not wait until the heartbeat is old. Does nothing for a fenced copy. */
  leave(service: StageName, epoch: number): Promise<void>;

  /** Sets `TG:KILL`: from the moment this resolves no entry is committed. Keeps the reason of an earlier one. */
  halt(reason: string): Promise<void>;

  /** Takes `TG:KILL` away. */
  resume(): Promise<void>;
}
