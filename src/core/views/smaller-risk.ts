import { median } from '../domain/performance/middle.ts';
import type { Assumptions, Warning } from '../domain/performance/result.ts';
import type { Trade } from '../domain/trading/trade.ts';
import { formatFinePct } from './numbers.ts';

/** Who set a risk of 1 % reads the result as one of 1 %. Each trade is held against what is set for its strategy. */
export function smallerRisk(
  trades: readonly Pick<Trade, 'strategy' | 'riskPct'>[],
  { riskPct, ownRiskPct }: Pick<Assumptions, 'riskPct' | 'ownRiskPct'>,
): readonly Warning[] {
  const own = new Map(ownRiskPct.map((of) => [of.strategy, of.riskPct]));
  const setPcts = trades.map(({ strategy }) => own.get(strategy) ?? riskPct);
  const share = median(trades.map((trade, i) => trade.riskPct / (setPcts[i] ?? riskPct)));
  if (share === null || share >= 0.5) return [];
  const [setPct = riskPct] = setPcts;
  const isOneSetting = setPcts.every((pct) => pct === setPct);
  const taken = isOneSetting ? formatFinePct(share * setPct) : formatFinePct(share * 100);
  const set = isOneSetting
    ? `of the account, not the ${setPct} % that is set`
    : 'of what is set for their strategies';
  const isOne = trades.length === 1;
  const who = isOne ? `The one trade risked ${taken}` : `Half of the trades risked ${taken} or less`;
  const text = `${who} ${set}: limits such as buying power and liquidity cut ${isOne ? 'its' : 'their'} quantity. The money is of that size.`;
  return [{ code: 'smaller_risk', text }];
}
