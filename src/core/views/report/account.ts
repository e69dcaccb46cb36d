import type { Drawdown } from '../../domain/performance/drawdown.ts';
import type { BacktestResult, ModelOutcome } from '../../domain/performance/result.ts';
import { formatDate } from '../clock.ts';
import { drawFacts, type Fact, type Span } from '../line.ts';
import { currencySymbol, formatAmount, formatMoney } from '../money.ts';
import { formatCount, formatPct, formatR, formatRatio, formatSignedPct } from '../numbers.ts';
import { type Style, signTone } from '../style.ts';
import { type Column, cutRows, drawTable, type Row } from '../table.ts';

/** `-₹34,567.00, 2015-07-06 to 2015-07-20, not made good` */
export function describeDrawdown(
  drawdown: Drawdown | null,
  { money, zone }: Pick<BacktestResult, 'money' | 'zone'>,
): string {
  if (drawdown === null) return 'never below its highest';
  const { amountMinor, peakAt, troughAt, recoveredAt } = drawdown;
  const from = peakAt === null ? 'the start' : formatDate(zone, peakAt);
  const end = recoveredAt === null ? 'not made good' : `made good ${formatDate(zone, recoveredAt)}`;
  return `${formatMoney(-amountMinor, money)}, ${from} to ${formatDate(zone, troughAt)}, ${end}`;
}

/** Drawdown of the account while positions were open, and of what was realised. */
export function drawDrawdowns(result: BacktestResult, style: Style): readonly string[] {
  const { account, closedTrades } = result.drawdown;
  if (account === null && closedTrades === null) return [];
  return drawFacts(
    [drawdownFact('account', account, result), drawdownFact('closed trades', closedTrades, result)],
    style,
  );
}

function drawdownFact(label: string, drawdown: Drawdown | null, result: BacktestResult): Fact {
  const value = drawdown === null ? 'none' : formatPct(drawdown.pct, 2);
  return { label, value, detail: describeDrawdown(drawdown, result) };
}

const MOST_SYMBOLS = 9;

/** What the symbols did on their own, beside the account's return. */
export function drawBuyAndHold(result: BacktestResult, style: Style): readonly string[] {
  const { buyAndHold, equity, total } = result;
  if (buyAndHold.length === 0 || total.trades === 0) return [];
  const columns: readonly Column[] = [
    { title: 'buy and hold, gross', align: 'left', flexible: true },
    { title: 'return', align: 'right' },
    { title: 'first open', align: 'right', dropRank: 1 },
    { title: 'last close', align: 'right', dropRank: 1 },
  ];
  const held = buyAndHold.map(({ symbol, grossPct, firstOpen, lastClose }): Row => {
    const change: Span = { text: formatSignedPct(grossPct), tone: signTone(grossPct) };
    return [symbol, change, String(firstOpen), String(lastClose)];
  });
  const own = (100 * total.netMinor) / equity.startingMinor;
  const account: Row = [
    { text: 'this account, net', tone: 'strong' },
    { text: formatSignedPct(own), tone: signTone(own) },
  ];
  return drawTable(columns, [account, ...cutRows(held, MOST_SYMBOLS)], style);
}

/** The run's fill model and the one beside it. */
export function drawModels({ models, money }: BacktestResult, style: Style): readonly string[] {
  if (models.length < 2 || models.every(({ trades }) => trades === 0)) return [];
  const columns: readonly Column[] = [
    { title: 'fill model', align: 'left', flexible: true },
    { title: 'trades', align: 'right' },
    { title: 'ambiguous', align: 'right' },
    { title: 'win', align: 'right' },
    { title: `net ${currencySymbol(money)}`, align: 'right' },
    { title: 'R', align: 'right' },
    { title: 'PF', align: 'right' },
  ];
  const row = (of: ModelOutcome): Row => [
    of.model,
    formatCount(of.trades),
    formatCount(of.ambiguous),
    formatPct(of.winRatePct),
    { text: formatAmount(of.netMinor, money), tone: signTone(of.netMinor) },
    formatR(of.expectancyR),
    formatRatio(of.profitFactor),
  ];
  return drawTable(columns, models.map(row), style);
}
