import { median } from '../domain/performance/middle.ts';
import type { Assumptions, Warning } from '../domain/performance/result.ts';
import type { Trade } from '../domain/trading/trade.ts';
import { formatPct } from './numbers.ts';

/** Who set a risk of 1 % reads the result as one of 1 %. */
export function smallerRisk(
  trades: readonly Pick<Trade, 'riskPct'>[],
  { riskPct }: Pick<Assumptions, 'riskPct'>,
): readonly Warning[] {
  const middle = median(trades.map((trade) => trade.riskPct));
  if (middle === null || middle >= riskPct / 2) return [];
  const isOne = trades.length === 1;
  const taken = formatPct(middle, 2);
  const who = isOne ? `The one trade risked ${taken}` : `Half of the trades risked ${taken} or less`;
  return [
    {
      code: 'smaller_risk',
      text: `${who} of the account, not the ${riskPct} % that is set: limits such as buying power and liquidity cut ${isOne ? 'its' : 'their'} quantity. The money is of that size.`,
    },
  ];
}
