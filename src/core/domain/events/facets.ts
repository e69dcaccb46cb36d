/** What an event can be found by, besides run, channel and position. */
export type EventFacets = {
  readonly id: string;
  readonly at: number;
  readonly symbol: string | undefined;
  readonly correlationId: string | undefined;
  /** Whose signal it belongs to: also of an order, which does not bear it but in its correlationId. */
  readonly strategy: string | undefined;
};

/** All of it must hold; what is absent is not asked. */
export type EventFilter = {
  readonly symbol?: string;
  readonly strategy?: string;
  readonly correlationId?: string;
  /** Of `at`, UTC epoch ms, both included. */
  readonly fromAt?: number;
  readonly toAt?: number;
};

/** Facets of a parsed line. Anything may stand there, as a log has lines of other versions too. */
export function facetsOf(fields: Readonly<Record<string, unknown>>): EventFacets {
  const symbol = textOf(fields['symbol']);
  const correlationId = textOf(fields['correlationId']);
  return {
    id: String(fields['id']),
    at: Number(fields['at']),
    symbol,
    correlationId,
    strategy: textOf(fields['strategy']) ?? strategyOf(correlationId, symbol),
  };
}

/** The strategy in a signal's id: `NIFTY/Opening range breakout/5m/1436154600000`. */
function strategyOf(signalId: string | undefined, symbol: string | undefined): string | undefined {
  if (signalId === undefined || symbol === undefined || !signalId.startsWith(`${symbol}/`)) return undefined;
  return /^(.+)\/[^/]+\/\d+$/s.exec(signalId.slice(symbol.length + 1))?.[1];
}

export function matches(facets: EventFacets, filter: EventFilter): boolean {
  const { symbol, strategy, correlationId, fromAt, toAt } = filter;
  return (
    (symbol === undefined || facets.symbol === symbol) &&
    (strategy === undefined || facets.strategy === strategy) &&
    (correlationId === undefined || facets.correlationId === correlationId) &&
    (fromAt === undefined || facets.at >= fromAt) &&
    (toAt === undefined || facets.at <= toAt)
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
