import { slippageTicks } from '../simulation/slippage.ts';
import { totalCharges } from '../trading/charges.ts';
import type { Proposal } from './proposal.ts';

/**
 * (reward − costs) ÷ (risk + costs) of a proposal's quantity, from the decision close: to the target by a limit, to the
 * stop with slippage; charges as the contract note of a day with just this trade would bear them.
 */
export function netRewardRisk(proposal: Proposal): number {
  const { desk, plan, quantity } = proposal;
  const { instrument, slippage, notional } = desk;
  const qty = quantity.units;
  const entryTicks = plan.entry.kind === 'limit' ? 0 : slippageTicks(plan.price, slippage, instrument);
  const stopTicks = slippageTicks(plan.stop, slippage, instrument);
  const target = plan.targets[0]?.price ?? plan.price;
  const reward = Math.abs(notional(qty, target) - notional(qty, plan.price));
  const risk = Math.abs(notional(qty, plan.price) - notional(qty, plan.stop));
  const givenAway = (ticks: number): number => notional(qty, ticks * instrument.tick);
  const gain = reward - givenAway(entryTicks) - roundTripCharges(proposal, target);
  const loss = risk + givenAway(entryTicks + stopTicks) + roundTripCharges(proposal, plan.stop);
  return loss > 0 ? gain / loss : 0;
}

/** Charges of entering at the decision close and leaving at `exit`, integer minor units. */
function roundTripCharges({ desk, gate, plan, quantity }: Proposal, exit: number): number {
  const qty = quantity.units;
  const book = desk.costs.openBook(gate.session?.date ?? '');
  const long = plan.direction === 'long';
  const entryNotional = desk.notional(qty, plan.price);
  const exitNotional = desk.notional(qty, exit);
  const entry = book.fill({ orderId: 'entry', side: long ? 'buy' : 'sell', qty, notional: entryNotional });
  const out = book.fill({ orderId: 'exit', side: long ? 'sell' : 'buy', qty, notional: exitNotional });
  return totalCharges(entry) + totalCharges(out) + totalCharges(book.close());
}
