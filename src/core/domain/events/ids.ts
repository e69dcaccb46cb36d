/**
 * An id is its natural key as text, so a replay gives the same id: the signal's id is the stem (`correlationId`) of
 * everything that follows from it.
 */

/** `NIFTY/1m/1436154300000` */
export function candleId(symbol: string, timeframe: string, openAt: number): string {
  return `${symbol}/${timeframe}/${openAt}`;
}

/** `NIFTY/Opening range breakout/5m/1436154600000` */
export function signalId(symbol: string, strategy: string, timeframe: string, at: number): string {
  return `${symbol}/${strategy}/${timeframe}/${at}`;
}

/** `SESSION_OPENED/2015-07-06/1436154300000`: two sessions of one date differ in their instant. */
export function markId(type: string, session: string, at: number): string {
  return `${type}/${session}/${at}`;
}

/** What follows from a signal, in the order in which it may. */
export type IdSuffix = 'plan' | 'risk' | 'order' | 'entry.1' | 'exit.1' | 'cancelled' | 'closed';

export function followingId(stem: string, suffix: IdSuffix): string {
  return `${stem}#${suffix}`;
}
