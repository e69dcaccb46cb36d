import { decode } from '../domain/events/decode.ts';
import { endOfInstant } from '../domain/events/position.ts';
import type { StoreReader } from '../ports/store.ts';
import { settledUpTo } from './follow-events.ts';
import { hasAccepted } from './pipeline/met.ts';

/** Whether the feed of the store's run has ended and all that came of it is done: nothing can be added to it. */
export async function isRunOver(reader: StoreReader): Promise<boolean> {
  const done = await reader.done();
  const { n } = done.screen;
  const upTo = settledUpTo(done);
  if (n === 0 || !hasAccepted(upTo, n)) return false;
  // The end of the feed stands alone in its instant.
  const events = await reader.read({ after: endOfInstant(n - 1), upTo, channels: ['MARKET.CANDLE'] });
  return events.some(({ line }) => decode(line).type === 'FEED_ENDED');
}
