import type { Instrument } from '../market/instrument.ts';
import type { CostModel } from '../trading/costs.ts';
import type { Direction, EntryKind } from '../trading/plan.ts';
import type { Slippage } from './settings.ts';
import { slippageTicks } from './slippage.ts';

export type UnitCost = {
  /** Charges of a round trip per unit, in price, by the uncapped percentage rates. */
  readonly charges: number;
  /** Slippage of the entry per unit; 0 for a limit entry. */
  readonly entrySlippage: number;
  /** Slippage of a stop exit per unit. */
  readonly stopSlippage: number;
};

export type UnitCostQuery = {
  readonly date: string;
  readonly direction: Direction;
  readonly kind: EntryKind;
  readonly entry: number;
  readonly exit: number;
};

/** What one unit costs to enter and leave again, before the quantity is known: for stops, targets and sizing. */
export function unitCost(
  costs: CostModel,
  slippage: Slippage,
  instrument: Instrument,
  { date, direction, kind, entry, exit }: UnitCostQuery,
): UnitCost {
  const rates = costs.rates(date);
  const bought = direction === 'long' ? entry : exit;
  const sold = direction === 'long' ? exit : entry;
  return {
    charges: bought * rates.buyRatio + sold * rates.sellRatio + 2 * rates.perUnit,
    entrySlippage: kind === 'limit' ? 0 : slippageTicks(entry, slippage, instrument) * instrument.tick,
    stopSlippage: slippageTicks(exit, slippage, instrument) * instrument.tick,
  };
}
