import { fromMinor } from '../../trading/money.ts';
import type { PlanRule } from '../rule.ts';

/** Sum of 1 R of all open and working, this one included, against a share of E. Currency units. */
export const maxOpenRisk: PlanRule = {
  reads: 'plan',
  name: 'max-open-risk',
  summary: 'Risk of everything open and working, this one included',
  reason: 'MAX_OPEN_RISK',
  check: ({ desk: { account, settings, minorDigits }, quantity }) => {
    const value = account.openRiskMinor + quantity.riskMinor(quantity.units);
    const limit = Math.floor((account.equityMinor * settings.maxOpenRiskPct) / 100);
    return {
      value: fromMinor(value, minorDigits),
      limit: fromMinor(limit, minorDigits),
      pass: value <= limit,
    };
  },
};
