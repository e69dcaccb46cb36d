import type { Channel } from '../domain/events/channels.ts';
import type { EventFilter } from '../domain/events/facets.ts';
import type { Position } from '../domain/events/position.ts';
import type { RunIdentity, StoredEvent } from './store.ts';

/** A run as the log knows it. */
export type LoggedRun = RunIdentity & {
  /** The log has every event up to here. Beyond it some may be there and some not. */
  readonly mark: Position;
  /** Wall clock at which the mark was last moved, UTC epoch ms. */
  readonly movedAt: number;
};

/** Which events of one run, all by default. */
export type LogQuery = EventFilter & {
  readonly run: string;
  readonly channels?: readonly Channel[];
  /** Exclusive; from the beginning by default. */
  readonly after?: Position;
  /** Inclusive; by default the run's mark as it stands now. */
  readonly upTo?: Position;
  /** The newest so many of them, at least one, still the oldest first. */
  readonly last?: number;
};

/** What `log query`, `log tail` and dashboards see. */
export interface EventLogReader extends AsyncDisposable {
  /** The one moved last comes last. */
  runs(): Promise<readonly LoggedRun[]>;

  /** Events in the order of positions. Holds no more than a page of them; stop when there are enough. */
  read(query: LogQuery): AsyncIterable<StoredEvent>;

  /** The run's mark, now and whenever it has moved. Ends when the signal aborts. */
  watch(run: string, signal: AbortSignal): AsyncIterable<Position>;
}

export type LogBatch = {
  readonly run: RunIdentity;
  /** Where the writer believes the run's mark to be. */
  readonly from: Position;
  /** Where the mark moves: the run has no other event in (from, upTo]. */
  readonly upTo: Position;
  /** Ascending. */
  readonly events: readonly StoredEvent[];
};

/**
 * A copy of the events of many runs, kept for those who look back. Nothing that trades waits for it.
 *
 * The mark of a run lives in the log itself and never stands beyond what is there: whatever becomes of the server (killed,
 * put back from an older copy), its own mark says from where it must be told again.
 */
export interface EventLog extends EventLogReader {
  /**
   * Writes the events, each once however often it comes (its id is `run/id`), and only then moves the mark from `from`
   * to `upTo`. `gap`: the mark is not at `from` (any more); ask for it and go on from there.
   *
   * @throws CONFIG where the log has a run of that id with another configuration
   * @throws CONNECTION where the log cannot be reached: what was done is unknown, the mark tells
   */
  append(batch: LogBatch): Promise<'ok' | 'gap'>;
}
