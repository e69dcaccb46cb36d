import { lowestOf, type Position } from '../domain/events/position.ts';
import { type DoneMarks, READ_MAX, type StoredEvent, type StoreReader } from '../ports/store.ts';

/** What all four stages have done: up to here no event can come any more. */
export function settledUpTo(marks: DoneMarks): Position {
  return lowestOf(Object.values(marks));
}

/**
 * The events of a run in their order, as they become final, until the signal aborts; what is there by then is given.
 * No instant is cut in two where a whole one fits into a read.
 */
export async function* followEvents(
  reader: StoreReader,
  after: Position,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[], void, void> {
  let from = after;
  async function* until(upTo: Position): AsyncGenerator<readonly StoredEvent[], void, void> {
    for (;;) {
      const events = wholeInstants(await reader.read({ after: from, upTo }));
      const last = events.at(-1);
      if (last === undefined) return;
      from = last.position;
      yield events;
    }
  }
  for await (const marks of reader.watch(signal)) yield* until(settledUpTo(marks));
  yield* until(settledUpTo(await reader.done()));
}

/** Without the last instant where the read was full and may have ended inside it. */
function wholeInstants(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const last = events.at(-1)?.position.n;
  if (events.length < READ_MAX || last === events[0]?.position.n) return events;
  return events.slice(
    0,
    events.findIndex(({ position }) => position.n === last),
  );
}
