import type { TradePlanProposed } from '../events/events.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Slippage } from '../simulation/settings.ts';
import { slippageTicks } from '../simulation/slippage.ts';
import { totalCharges } from '../trading/charges.ts';
import type { CostModel } from '../trading/costs.ts';
import { type MoneyGrid, notionalMinor } from '../trading/money.ts';

export type RoundTripContext = {
  readonly instrument: Instrument;
  readonly grid: MoneyGrid;
  readonly costs: CostModel;
  readonly slippage: Slippage;
  readonly date: string;
};

/**
 * (reward − costs) ÷ (risk + costs) of a quantity, from the decision close: to the target by a limit, to the stop with
 * slippage; charges as the contract note of a day with just this trade would bear them.
 */
export function netRewardRisk(plan: TradePlanProposed, qty: number, context: RoundTripContext): number {
  const { instrument, grid, slippage } = context;
  const entryTicks = plan.entry.kind === 'limit' ? 0 : slippageTicks(plan.price, slippage, instrument);
  const stopTicks = slippageTicks(plan.stop, slippage, instrument);
  const target = plan.targets[0]?.price ?? plan.price;
  const reward = Math.abs(notionalMinor(qty, target, grid) - notionalMinor(qty, plan.price, grid));
  const risk = Math.abs(notionalMinor(qty, plan.price, grid) - notionalMinor(qty, plan.stop, grid));
  const givenAway = (ticks: number): number => notionalMinor(qty, ticks * instrument.tick, grid);
  const gain = reward - givenAway(entryTicks) - roundTripCharges(plan, qty, target, context);
  const loss = risk + givenAway(entryTicks + stopTicks) + roundTripCharges(plan, qty, plan.stop, context);
  return loss > 0 ? gain / loss : 0;
}

/** Charges of entering at the decision close and leaving at `exit`, integer minor units. */
function roundTripCharges(
  plan: TradePlanProposed,
  qty: number,
  exit: number,
  context: RoundTripContext,
): number {
  const book = context.costs.openBook(context.date);
  const long = plan.direction === 'long';
  const entryNotional = notionalMinor(qty, plan.price, context.grid);
  const exitNotional = notionalMinor(qty, exit, context.grid);
  const entry = book.fill({ orderId: 'entry', side: long ? 'buy' : 'sell', qty, notional: entryNotional });
  const out = book.fill({ orderId: 'exit', side: long ? 'sell' : 'buy', qty, notional: exitNotional });
  return totalCharges(entry) + totalCharges(out) + totalCharges(book.close());
}
