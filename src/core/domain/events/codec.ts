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
  const head = `{"id":${JSON.stringify(of.id)},"v":1,"type":"CANDLE_CLOSED","symbol":${JSON.stringify(of.symbol)}`;
  const times = `"at":${of.at},"openAt":${of.openAt},"timeframe":${JSON.stringify(of.timeframe)}`;
  const prices = `"open":${of.open},"high":${of.high},"low":${of.low},"close":${of.close}`;
  return of.volume === undefined
    ? `${head},${times},${prices}}`
    : `${head},${times},${prices},"volume":${of.volume}}`;
}
