/**
 * What a dashboard must say of a run at an instant, reckoned from nothing but the stored lines: no code of ours is asked.
 * Written for shares with prices in paise, whose money is rupees with two digits.
 */

export type StoredLine = { readonly position: { readonly n: number }; readonly line: string };

type Raw = Readonly<Record<string, unknown>> & { readonly type: string; readonly symbol?: string };

type Held = { readonly plan: Raw; readonly fill: Raw };

export function independentFigures(lines: readonly StoredLine[], n: number, startingPaise: number) {
  const events = lines.filter(({ position }) => position.n <= n).map(({ line }): Raw => JSON.parse(line));
  const sessionAt = events.findLastIndex(({ type }) => type === 'SESSION_OPENED');
  const today = events.slice(Math.max(0, sessionAt));
  const of = (type: string, among: readonly Raw[] = events): readonly Raw[] =>
    among.filter((event) => event.type === type);
  const one = (type: string, id: unknown): Raw | undefined =>
    events.find((event) => event.type === type && event['correlationId'] === id);

  const closedIds = new Set(of('POSITION_CLOSED').map((event) => event['correlationId']));
  const cancelledIds = new Set(of('ORDER_CANCELLED').map((event) => event['correlationId']));
  const entries = of('ORDER_FILLED').filter((event) => event['leg'] === 'entry');
  const filledIds = new Set(entries.map((event) => event['correlationId']));

  const held = entries
    .filter((fill) => !closedIds.has(fill['correlationId']))
    .map((fill): Held => ({ fill, plan: one('PLAN_VALIDATED', fill['correlationId']) ?? { type: 'none' } }));
  const positions = held.map(({ fill, plan }) => {
    const last = Number(of('CANDLE_CLOSED').findLast(({ symbol }) => symbol === fill.symbol)?.['close']);
    const sign = plan['direction'] === 'long' ? 1 : -1;
    const fees = Object.values(fill['fees'] as Record<string, number>).reduce(
      (sum, fee) => sum + paise(fee),
      0,
    );
    const pnl = sign * Number(fill['qty']) * (paise(last) - paise(Number(fill['price']))) - fees;
    return {
      id: String(fill['correlationId']),
      symbol: String(fill.symbol),
      qty: Number(fill['qty']),
      last,
      pnlMinor: pnl,
      pnlR: pnl / paise(Number(plan['riskAmount'])),
      riskMinor: paise(Number(plan['riskAmount'])),
    };
  });

  const working = of('ORDER_PLACED')
    .map((order) => String(order['correlationId']))
    .filter((id) => !filledIds.has(id) && !cancelledIds.has(id));
  const reserved = of('PLAN_VALIDATED').filter(
    (plan) => !closedIds.has(plan['correlationId']) && !cancelledIds.has(plan['correlationId']),
  );
  const net = (among: readonly Raw[]): number =>
    sum(of('POSITION_CLOSED', among), ({ netPnl }) => paise(Number(netPnl)));
  const openPnl = sum(positions, ({ pnlMinor }) => pnlMinor);
  const balanceAtOpen = startingPaise + net(events.slice(0, Math.max(0, sessionAt)));
  const lossLimit = Math.floor((balanceAtOpen * 3) / 100);

  return {
    positions,
    orderIds: working,
    equityMinor: startingPaise + net(events) + openPnl,
    sessionEquityMinor: balanceAtOpen,
    closedTodayMinor: net(today),
    todayMinor: net(today) + openPnl,
    todayR:
      sum(of('POSITION_CLOSED', today), ({ pnlR }) => Number(pnlR)) + sum(positions, ({ pnlR }) => pnlR),
    tradesToday: of('POSITION_CLOSED', today).length,
    openRiskMinor: sum(reserved, ({ riskAmount }) => paise(Number(riskAmount))),
    reserved: reserved.length,
    lossLimitMinor: lossLimit,
    lossLeftMinor: Math.max(0, lossLimit + Math.min(0, net(today))),
    funnel: {
      signals: of('POTENTIAL_SIGNAL', today).length,
      plans: of('TRADE_PLAN_PROPOSED', today).length,
      validated: of('PLAN_VALIDATED', today).length,
      filled: of('ORDER_FILLED', today).filter(({ leg }) => leg === 'entry').length,
      closed: of('POSITION_CLOSED', today).length,
      noPlan: tally(of('NO_TRADE_PLAN', today)),
      rejected: tally(of('PLAN_REJECTED', today)),
      cancelled: tally(of('ORDER_CANCELLED', today)),
    },
    lastPrices: Object.fromEntries(
      of('CANDLE_CLOSED').map(({ symbol, close }) => [String(symbol), Number(close)]),
    ),
  };
}

function paise(rupees: number): number {
  return Math.round(rupees * 100);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function tally(events: readonly Raw[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reason } of events) counts[String(reason)] = (counts[String(reason)] ?? 0) + 1;
  return counts;
}
