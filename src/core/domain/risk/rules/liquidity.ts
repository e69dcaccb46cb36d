import type { PlanRule, Reading } from '../rule.ts';
import { cutTo } from './cut.ts';

/** At most so much of the mean volume of the last base candles. Cuts. Without a volume it does not apply. */
export const liquidity: PlanRule = {
  reads: 'plan',
  name: 'liquidity',
  summary: 'Quantity within a share of the mean volume of recent candles',
  reason: 'LIQUIDITY',
  check: (proposal): Reading => {
    const { desk, meanVolume, quantity } = proposal;
    const { settings } = desk;
    if (meanVolume === undefined)
      return { value: 'N/A', limit: `${settings.maxVolumePct} % of volume`, pass: true };
    const limit = (meanVolume * settings.maxVolumePct) / 100;
    const { units: qty } = quantity;
    if (qty <= limit) return { value: qty, limit, pass: true };
    return cutTo(proposal, limit, { value: qty, limit });
  },
};
