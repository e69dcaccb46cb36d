import type { Channel, StageName } from '../../domain/events/channels.ts';
import type { TradekitEvent } from '../../domain/events/events.ts';
import type { Position } from '../../domain/events/position.ts';
import type { KeyWrite } from '../../ports/store.ts';

/** An event with its place in the run. */
export type PlacedEvent = { readonly position: Position; readonly event: TradekitEvent };

/** A projection's new value, as of a place in the run. */
export type PlacedWrite = KeyWrite & { readonly position: Position };

/** What a stage does in one commit: everything it publishes up to `to`. */
export type Step = {
  readonly to: Position;
  /** Ascending. */
  readonly events: readonly PlacedEvent[];
  readonly writes: readonly PlacedWrite[];
  /** Entries are accepted: not while the kill switch stands. */
  readonly acceptsEntries: boolean;
  /** The step to take instead when it stands; absent where whoever made the step has asked before. */
  readonly whenHalted?: () => Step;
};

/** Channels that are complete up to one and the same mark. */
export type Source = {
  /** Empty: only how far the mark has come matters. */
  readonly channels: readonly Channel[];
  /** Everything on the channels up to this one's mark is in the store. */
  readonly stage: StageName;
};

/**
 * One stage as a service runs it: takes the events of the others in the order of positions, says when it has all that
 * an instant needs, and gives what it publishes. It does no I/O, but that the screen's one waits for its feed.
 */
export interface StageMachine {
  readonly name: StageName;
  readonly sources: readonly Source[];
  /** One event of the sources; those of one source come in order. */
  take(event: TradekitEvent, position: Position): void;
  /** The next step, where everything up to `complete` (by source) has been taken; undefined: it waits for the others. */
  next(complete: readonly Position[], signal: AbortSignal): Step | undefined | Promise<Step | undefined>;
  /** The feed has ended and everything of it is published. */
  readonly ended: boolean;
}
