import type { PlanValidated } from '../../../../src/core/domain/events/events.ts';

/** A validated plan of ACME at instant `n`: buy 10 at 100, stop 99, target 102. */
export function planAt(n: number): PlanValidated {
  const id = `ACME/drawn/1m/${n}`;
  return {
    id: `${id}#risk`,
    v: 1,
    type: 'PLAN_VALIDATED',
    symbol: 'ACME',
    at: n,
    correlationId: id,
    causationId: `${id}#plan`,
    strategy: 'drawn',
    direction: 'long',
    timeframe: '1m',
    price: 100,
    orderId: `${id}#order`,
    qty: 10,
    entry: { kind: 'market', price: 100, validUntil: n + 1 },
    entryLimit: 100,
    stop: 99,
    targets: [{ price: 102, share: 1 }],
    riskAmount: 10,
    riskPct: 1,
    checks: [],
  };
}
