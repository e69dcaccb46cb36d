import { STAGE_NAMES } from '../domain/events/channels.ts';
import { comparePositions, type Position } from '../domain/events/position.ts';
import type { DoneMarks, StoredEvent, StoreReader } from '../ports/store.ts';

/** What all four stages have done: up to here no event can come any more. */
export function settledUpTo(marks: DoneMarks): Position {
  return STAGE_NAMES.map((name) => marks[name]).reduce((a, b) => (comparePositions(a, b) <= 0 ? a : b));
}

/** The events of a run in their order, as they become final, until the signal aborts; what is there by then is given. */
export async function* followEvents(
  reader: StoreReader,
  after: Position,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[], void, void> {
  let from = after;
  async function* until(upTo: Position): AsyncGenerator<readonly StoredEvent[], void, void> {
    for (;;) {
      const events = await reader.read({ after: from, upTo });
      const last = events.at(-1);
      if (last === undefined) return;
      from = last.position;
      yield events;
    }
  }
  for await (const marks of reader.watch(signal)) yield* until(settledUpTo(marks));
  yield* until(settledUpTo(await reader.done()));
}
