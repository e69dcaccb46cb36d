import { BEFORE_ALL, endOfInstant, type Position } from '../../../src/core/domain/events/position.ts';
import type { EventLog, EventLogReader, LogBatch, LogQuery } from '../../../src/core/ports/event-log.ts';
import type { Append, StoredEvent } from '../../../src/core/ports/store.ts';
import { RECORDED } from '../../recorded-run.ts';

/** An event log to read, as a case of the contract gets it. */
export type OpenedReader = {
  /** Puts a whole run in, which need not be of this process. */
  fill(events: readonly Append[]): Promise<void>;
  reader(): Promise<EventLogReader>;
  close(): Promise<void>;
};

/** An empty event log to write. */
export type OpenedLog = OpenedReader & {
  readonly log: EventLog;
  /** The same log as another process would have it. */
  another(): Promise<EventLog>;
};

/** One line of the rule. Data, so that it can be run where it must fail. */
export type LogCase<Opened> = { readonly title: string; check(opened: Opened): Promise<void> };

const AT = 1_436_154_360_000;

export function at(n: number, rank = 0, i = 0): Position {
  return { n, rank, i };
}

/** An event with as much of one as a log looks at. */
export function event(position: Position, fields: Readonly<Record<string, unknown>> = {}): StoredEvent {
  const { n, rank, i } = position;
  const line = JSON.stringify({
    id: `${n}.${rank}.${i}`,
    v: 1,
    type: 'CANDLE_CLOSED',
    at: AT + n,
    ...fields,
  });
  return { position, channel: 'MARKET.CANDLE', line, recordedAt: AT + 1000 };
}

/** Instants `first` to `last`, one event each. */
export function batch(first: number, last: number, parts: Partial<LogBatch> = {}): LogBatch {
  return {
    run: RECORDED,
    from: first === 1 ? BEFORE_ALL : endOfInstant(first - 1),
    upTo: endOfInstant(last),
    events: Array.from({ length: last - first + 1 }, (_, index) => event(at(first + index))),
    ...parts,
  };
}

export async function collect(
  log: EventLogReader,
  query: Partial<LogQuery> = {},
): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const one of log.read({ run: RECORDED.id, ...query })) found.push(one);
  return found;
}

/** `1.0.0`, in the order in which the log gives them. */
export async function placesIn(
  log: EventLogReader,
  query: Partial<LogQuery> = {},
): Promise<readonly string[]> {
  return (await collect(log, query)).map(({ position: { n, rank, i } }) => `${n}.${rank}.${i}`);
}

export async function markOf(log: EventLogReader, run = RECORDED.id): Promise<Position | undefined> {
  return (await log.runs()).find(({ id }) => id === run)?.mark;
}

/** Copies a whole run in batches, as the service does. */
export async function copyAll(log: EventLog, events: readonly Append[], size = 1000): Promise<void> {
  let from = BEFORE_ALL;
  for (let first = 0; first < events.length; first += size) {
    const page = events.slice(first, first + size).map((of) => ({ ...of, recordedAt: AT }));
    const last = page.at(-1)?.position ?? from;
    const upTo = first + size < events.length ? last : endOfInstant(last.n);
    const answer = await log.append({ run: RECORDED, from, upTo, events: page });
    if (answer !== 'ok') throw new Error(answer);
    from = upTo;
  }
}
