import { endOfInstant, type Position } from '../domain/events/position.ts';
import type { StoreReader } from '../ports/store.ts';
import { settledUpTo } from './follow-events.ts';
import { hasAccepted } from './pipeline/met.ts';

/** Whether the feed of the store's run has ended and all that came of it is done: nothing can be added to it. */
export async function isRunOver(reader: StoreReader): Promise<boolean> {
  return hasFeedEnded(reader, settledUpTo(await reader.done()));
}

/** The same of a run of which all services are done up to there. The end of the feed stands alone in its instant. */
export async function hasFeedEnded(reader: StoreReader, upTo: Position): Promise<boolean> {
  const { n } = upTo;
  if (n === 0 || !hasAccepted(upTo, n)) return false;
  const [mark] = await reader.read({ after: endOfInstant(n - 1), upTo, channels: ['MARKET.CANDLE'], max: 1 });
  return mark !== undefined && (JSON.parse(mark.line) as { readonly type?: unknown }).type === 'FEED_ENDED'; // an event has one
}
