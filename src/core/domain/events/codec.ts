import type { TradekitEvent } from './events.ts';

/**
 * One event as one line of JSON, its keys in the order in which the stage wrote them: the bytes that hosts compare,
 * stores keep and the manifest hashes.
 */
export function encode(event: TradekitEvent): string {
  return JSON.stringify(event);
}
