import type { TradekitEvent } from '../../../domain/events/events.ts';

/** What followed from signals, signal by signal. */
export interface Chains {
  take(event: TradekitEvent): void;
  /** The events of one signal, in order; undefined where it is too long ago. */
  chain(correlationId: string): readonly TradekitEvent[] | undefined;
}

/** Signals that are kept; more than a busy day of fifty symbols has. */
const KEPT = 2000;

/** The newest signals with everything that followed; those whose position is open, however old. Memory is bounded. */
export function createChains(kept = KEPT): Chains {
  const chains = new Map<string, TradekitEvent[]>();
  const pinned = new Set<string>();

  /** The oldest that nothing holds goes. */
  function makeRoom(): void {
    for (const id of chains.keys()) {
      if (chains.size <= kept) return;
      if (!pinned.has(id)) chains.delete(id);
    }
  }

  return {
    take(event) {
      if (!('correlationId' in event)) return;
      const { correlationId } = event;
      const own = chains.get(correlationId);
      if (own === undefined) chains.set(correlationId, [event]);
      else own.push(event);
      if (event.type === 'PLAN_VALIDATED') pinned.add(correlationId);
      if (event.type === 'POSITION_CLOSED' || event.type === 'ORDER_CANCELLED') pinned.delete(correlationId);
      if (own === undefined) makeRoom();
    },
    chain: (correlationId) => chains.get(correlationId),
  };
}
