import { median } from '../domain/performance/middle.ts';
import type { Money, Warning } from '../domain/performance/result.ts';
import type { Trade } from '../domain/trading/trade.ts';
import { formatMoney } from './money.ts';

/** Below so many of the smallest units a risk is off by half a percent and more where it is rounded to one. */
const FINE_ENOUGH = 100;

/** Amounts are whole paise or cents: where a trade risks a few of them, its P&L and R are mostly rounding. */
export function coarseMoney(trades: readonly Pick<Trade, 'riskAmount'>[], money: Money): readonly Warning[] {
  const risk = median(trades.map(({ riskAmount }) => riskAmount));
  if (risk === null || risk >= FINE_ENOUGH) return [];
  const who = trades.length === 1 ? 'The one trade risked' : 'Half of the trades risked at most';
  const text = `${who} ${formatMoney(Math.round(risk), money)}, and money is reckoned in whole units of ${formatMoney(1, money)}: P&L, R and win rate are mostly rounding. Trade a larger --equity, or a market in a finer currency.`;
  return [{ code: 'coarse_money', text }];
}
