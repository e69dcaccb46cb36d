import { fromMinor } from '../../trading/money.ts';
import type { Proposal } from '../proposal.ts';
import type { PlanRule, Reading } from '../rule.ts';
import { cutTo } from './cut.ts';

/**
 * One position ≤ so much of E; open + working + this ≤ E × leverage. Cuts the quantity to what is left.
 * Value and limit are notionals in currency units.
 */
export const buyingPower: PlanRule = {
  reads: 'plan',
  name: 'buying-power',
  summary: 'Notional within the account: one position, and all together with leverage',
  reason: 'BUYING_POWER',
  check: (proposal): Reading => {
    const available = availableMinor(proposal);
    const { units } = proposal.quantity();
    const wanted = proposal.notional(units);
    const value = fromMinor(wanted, proposal.minorDigits);
    const limit = fromMinor(available, proposal.minorDigits);
    if (wanted <= available) return { value, limit, pass: true };
    return cutTo(proposal, affordable(proposal, available, wanted / units), { value, limit });
  },
};

function availableMinor({ account, settings }: Proposal): number {
  const onePosition = Math.floor((account.equityMinor * settings.maxPositionPct) / 100);
  const together = Math.floor(account.equityMinor * settings.leverage) - account.committedMinor;
  return Math.max(0, Math.min(onePosition, together));
}

/** The most units whose rounded notional stays within `available`. */
function affordable(proposal: Proposal, available: number, perUnit: number): number {
  const { lot } = proposal.instrument;
  let lots = Math.floor(available / perUnit / lot) + 1;
  while (lots > 0 && proposal.notional(lots * lot) > available) lots -= 1;
  return lots * lot;
}
