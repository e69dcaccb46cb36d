import { TradekitError } from '../domain/error.ts';
import { CHANNELS, type Channel } from '../domain/events/channels.ts';
import { nearestNames } from '../domain/nearest.ts';

/**
 * Channels as a user names them: `EXECUTION.ORDER_FILLED`, a part such as `order-filled`, `fill` or `execution` for each
 * that has it, or several of these with commas between.
 *
 * @throws CONFIG where a name fits none, with the nearest that do
 */
export function parseChannels(text: string): readonly Channel[] {
  const found = new Set(text.split(',').flatMap((name) => channelsNamed(name.trim())));
  return CHANNELS.filter((channel) => found.has(channel));
}

function channelsNamed(name: string): readonly Channel[] {
  const wanted = lettersOf(name);
  const fitting = wanted === '' ? [] : CHANNELS.filter((channel) => lettersOf(channel).includes(wanted));
  if (fitting.length > 0) return fitting;
  const [nearest] = nearestNames(name, [...CHANNELS, ...CHANNELS.flatMap((channel) => channel.split('.'))]);
  throw new TradekitError('CONFIG', `Unknown channel "${name}".`, {
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Known channels: ${CHANNELS.join(', ')}`,
  });
}

/** Without what stands between words: `Order-Filled` → `ORDERFILLED`. */
function lettersOf(name: string): string {
  return name.toUpperCase().replace(/[\s._-]/g, '');
}
