import { facetsOf, matches } from '../../domain/events/facets.ts';
import {
  BEFORE_ALL,
  comparePositions,
  endOfInstant,
  lowestOf,
  type Position,
} from '../../domain/events/position.ts';
import type { EventLogReader, LoggedRun, LogQuery } from '../../ports/event-log.ts';
import { type DoneMarks, READ_MAX, type StoredEvent, type StoreReader } from '../../ports/store.ts';

/** Embedded, the event log is the store's own record: its one run, up to where all of its services are done. */
export function eventLogOfStore(store: StoreReader): EventLogReader {
  async function runs(): Promise<readonly LoggedRun[]> {
    const run = await store.run();
    if (run === undefined) return [];
    const mark = lowestMark(await store.done());
    return [{ ...run, mark, movedAt: await recordedAt(store, mark) }];
  }

  async function* read(query: LogQuery): AsyncGenerator<StoredEvent, void, void> {
    const [held] = await runs();
    if (held?.id !== query.run) return;
    const { after = BEFORE_ALL, upTo = held.mark, last } = query;
    if (last === undefined) yield* matching(store, query, after, upTo);
    else yield* await newest(store, query, { after, upTo, last });
  }

  async function* watch(run: string, signal: AbortSignal): AsyncGenerator<Position, void, void> {
    let told: Position | undefined;
    for await (const done of store.watch(signal)) {
      const mark = lowestMark(done);
      if (told !== undefined && comparePositions(told, mark) === 0) continue;
      if ((await store.run())?.id !== run) continue;
      told = mark;
      yield mark;
    }
  }

  return { runs, read, watch, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** Up to where all services are done: nothing will come before it any more. */
function lowestMark(done: DoneMarks): Position {
  return lowestOf(Object.values(done));
}

async function* matching(
  store: StoreReader,
  { channels, ...filter }: LogQuery,
  from: Position,
  upTo: Position,
): AsyncGenerator<StoredEvent, void, void> {
  let after = from;
  for (;;) {
    const page = await store.read({ after, upTo, ...(channels === undefined ? {} : { channels }) });
    for (const event of page) {
      if (matches(facetsOf(JSON.parse(event.line)), filter)) yield event;
    }
    const end = page.at(-1);
    if (end === undefined || page.length < READ_MAX) return;
    after = end.position;
  }
}

type Newest = { readonly after: Position; readonly upTo: Position; readonly last: number };

/** A store reads forwards only: looks at so many instants from the end, and at twice as many where they hold too few. */
async function newest(
  store: StoreReader,
  query: LogQuery,
  { after, upTo, last }: Newest,
): Promise<readonly StoredEvent[]> {
  for (let instants = 64; ; instants *= 2) {
    const back = endOfInstant(Math.max(0, upTo.n - instants));
    const from = comparePositions(back, after) > 0 ? back : after;
    const found: StoredEvent[] = [];
    for await (const event of matching(store, query, from, upTo)) {
      found.push(event);
      if (found.length > last) found.shift();
    }
    if (found.length >= last || from === after || back.n === 0) return found;
  }
}

/** When the mark's instant was recorded; 0 where it has no event. */
async function recordedAt(store: StoreReader, mark: Position): Promise<number> {
  const after = mark.n > 0 ? endOfInstant(mark.n - 1) : BEFORE_ALL;
  const events = await store.read({ after, upTo: mark, max: 1 });
  return events[0]?.recordedAt ?? 0;
}
