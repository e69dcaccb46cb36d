import type { TradekitEvent } from '../events/events.ts';
import type { ExitReason } from '../trading/trade.ts';

export type Counts = Readonly<Record<string, number>>;

/** How many signals reached each step, and why the others did not. Counts of events, by reason code. */
export type Funnel = {
  readonly signals: number;
  readonly plans: number;
  readonly validated: number;
  readonly filled: number;
  readonly closed: number;
  readonly noPlan: Counts;
  readonly rejected: Counts;
  readonly cancelled: Counts;
  readonly exits: Readonly<Partial<Record<ExitReason, number>>>;
};

export interface FunnelCounter {
  /** Reads type and reason only: events without traces and checks count alike. */
  count(event: TradekitEvent): void;
  read(): Funnel;
}

/** Counts a run, or a session of it: a fresh one for each. */
export function createFunnel(): FunnelCounter {
  const steps = { signals: 0, plans: 0, validated: 0, filled: 0, closed: 0 };
  const noPlan: Record<string, number> = {};
  const rejected: Record<string, number> = {};
  const cancelled: Record<string, number> = {};
  const exits: Partial<Record<ExitReason, number>> = {};

  return {
    count(event) {
      if (event.type === 'POTENTIAL_SIGNAL') steps.signals += 1;
      else if (event.type === 'TRADE_PLAN_PROPOSED') steps.plans += 1;
      else if (event.type === 'NO_TRADE_PLAN') add(noPlan, event.reason);
      else if (event.type === 'PLAN_VALIDATED') steps.validated += 1;
      else if (event.type === 'PLAN_REJECTED') add(rejected, event.reason);
      else if (event.type === 'ORDER_FILLED' && event.leg === 'entry') steps.filled += 1;
      else if (event.type === 'ORDER_CANCELLED' && event.leg === 'entry') add(cancelled, event.reason);
      else if (event.type === 'POSITION_CLOSED') {
        steps.closed += 1;
        add(exits, event.exitReason);
      }
    },
    read: () => ({
      ...steps,
      noPlan: { ...noPlan },
      rejected: { ...rejected },
      cancelled: { ...cancelled },
      exits: { ...exits },
    }),
  };
}

function add<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Reasons by count, most frequent first; equals by name. */
export function rankedCounts(counts: Counts): readonly (readonly [reason: string, count: number])[] {
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
