import type { CandleClosed, TradekitEvent } from './events.ts';

/**
 * One event as one line of JSON, its keys in the order in which the stage wrote them: the bytes that hosts compare,
 * stores keep and the manifest hashes.
 */
export function encode(event: TradekitEvent): string {
  return event.type === 'CANDLE_CLOSED' ? encodeCandle(event) : JSON.stringify(event);
}

/** What JSON.stringify gives for a candle, put together by hand: most events are candles. */
function encodeCandle(of: CandleClosed): string {
  const volume = of.volume === undefined ? '' : `,"volume":${of.volume}`;
  return `{"id":${quoted(of.id)},"v":1,"type":"CANDLE_CLOSED","symbol":${quoted(of.symbol)},"at":${of.at},"openAt":${of.openAt},"timeframe":${quoted(of.timeframe)},"open":${of.open},"high":${of.high},"low":${of.low},"close":${of.close}${volume}}`;
}

/** No quotes, backslashes, control characters, nor halves of pairs, which JSON writes as escapes where they stand alone. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
