import type { TradekitEvent } from '../events/events.ts';

/** Signals of one strategy that ended without a validated plan for one reason. */
export type Loss = { readonly reason: string; readonly strategy: string; readonly count: number };

/** Counts whose signals were lost to which reason. */
export interface LossCounter {
  count(event: TradekitEvent): void;
  /** In the order in which each was met first. */
  read(): readonly Loss[];
}

export function createLosses(): LossCounter {
  const counts = new Map<string, Map<string, number>>();
  return {
    count(event) {
      if (event.type !== 'NO_TRADE_PLAN' && event.type !== 'PLAN_REJECTED') return;
      const { reason, strategy } = event;
      const own = counts.get(reason) ?? new Map<string, number>();
      counts.set(reason, own);
      own.set(strategy, (own.get(strategy) ?? 0) + 1);
    },
    read: () =>
      [...counts].flatMap(([reason, own]) =>
        [...own].map(([strategy, count]) => ({ reason, strategy, count })),
      ),
  };
}
