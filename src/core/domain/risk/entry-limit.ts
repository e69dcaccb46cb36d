import type { TradePlanProposed } from '../events/events.ts';
import type { Instrument } from '../market/instrument.ts';
import type { FillSettings } from '../simulation/settings.ts';
import { roundDownToTick, roundUpToTick } from '../trading/tick-grid.ts';

/**
 * The worst price at which an entry may fill, which sizing reckons with.
 *
 * A market entry is sent as a marketable limit at the decision close ± a collar: a share of |entry − stop|, at least
 * one tick, rounded away from advantage. A limit or stop entry's is its own price.
 */
export function entryLimit(plan: TradePlanProposed, fills: FillSettings, instrument: Instrument): number {
  if (plan.entry.kind !== 'market') return plan.entry.price;
  const collar = Math.max(fills.collarRatio * Math.abs(plan.price - plan.stop), instrument.tick);
  return plan.direction === 'long'
    ? roundUpToTick(plan.price + collar, instrument)
    : roundDownToTick(plan.price - collar, instrument);
}
