import { fromMinor } from '../../trading/money.ts';
import type { GateRule } from '../rule.ts';

/** No new trades once the session's realised net loss has reached the limit, for the rest of the session. Currency units. */
export const maxDailyLoss: GateRule = {
  reads: 'gate',
  name: 'max-daily-loss',
  summary: 'No new trades after losing this much of E today; latched to session end',
  reason: 'DAILY_LOSS',
  passes: ({ maxDailyLossLatched }) => !maxDailyLossLatched,
  read: ({ desk: { account, settings, minorDigits } }) => ({
    value: fromMinor(account.realisedTodayMinor, minorDigits),
    limit: -fromMinor(Math.floor((account.equityMinor * settings.maxDailyLossPct) / 100), minorDigits) + 0,
  }),
};
