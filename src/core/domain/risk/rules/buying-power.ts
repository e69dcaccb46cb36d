import { fromMinor } from '../../trading/money.ts';
import type { Desk, Proposal } from '../proposal.ts';
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
    const { desk, quantity, worstEntry } = proposal;
    const available = availableMinor(desk);
    const { units } = quantity;
    const wanted = desk.notional(units, worstEntry);
    const value = fromMinor(wanted, desk.minorDigits);
    const limit = fromMinor(available, desk.minorDigits);
    if (wanted <= available) return { value, limit, pass: true };
    return cutTo(proposal, affordable(proposal, available, wanted / units), { value, limit });
  },
};

function availableMinor({ account, settings }: Desk): number {
  const onePosition = Math.floor((account.equityMinor * settings.maxPositionPct) / 100);
  const together = Math.floor(account.equityMinor * settings.leverage) - account.committedMinor;
  return Math.max(0, Math.min(onePosition, together));
}

/** The most units whose rounded notional stays within `available`. */
function affordable({ desk, worstEntry }: Proposal, available: number, perUnit: number): number {
  const { lot } = desk.instrument;
  let lots = Math.floor(available / perUnit / lot) + 1;
  while (lots > 0 && desk.notional(lots * lot, worstEntry) > available) lots -= 1;
  return lots * lot;
}
