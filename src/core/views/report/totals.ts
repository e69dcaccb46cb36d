import { rankedCounts } from '../../domain/performance/funnel.ts';
import type { BacktestResult, Money } from '../../domain/performance/result.ts';
import type { TradeOutcome } from '../../domain/performance/statistics.ts';
import { formatMinute } from '../clock.ts';
import { drawFacts, type Fact } from '../line.ts';
import { formatAmount, formatMoney, formatSignedMoney } from '../money.ts';
import { formatCount, formatCounted, formatDuration, formatFinePct, formatPct, formatR } from '../numbers.ts';
import { riskSetting } from '../risk-setting.ts';
import { type Style, signTone } from '../style.ts';
import { padText } from '../text-width.ts';
import { wordsFor, wordsForItem } from '../words.ts';

/** Where the money went: gross, less charges by item, less slippage, is net. */
export function drawMoneyFlow({ total, money }: BacktestResult, style: Style): readonly string[] {
  if (total.trades === 0) return [];
  const amounts = [total.grossMinor, -total.chargesMinor, -total.slippageMinor, total.netMinor];
  const texts = amounts.map((minor) => formatMoney(minor, money));
  const width = Math.max(...texts.map(({ length }) => length));
  const [gross = '', charges = '', slippage = '', net = ''] = texts.map((text) =>
    padText(text, width, 'right'),
  );
  const drag = total.grossMinor > 0 ? `costs took ${formatPct(costShare(total))} of gross` : '';
  return drawFacts(
    [
      { label: 'gross P&L', value: gross, detail: '' },
      { label: '- charges', value: charges, detail: { text: itemsText(total.fees, money), tone: 'dim' } },
      { label: '- slippage', value: slippage, detail: '' },
      { label: '= net P&L', value: { text: net, tone: signTone(total.netMinor) }, detail: drag },
    ],
    style,
  );
}

function costShare({ grossMinor, netMinor }: BacktestResult['total']): number {
  return (100 * (grossMinor - netMinor)) / grossMinor;
}

function itemsText(fees: Readonly<Record<string, number>>, money: Money): string {
  return rankedCounts(fees)
    .map(([item, minor]) => `${wordsForItem(item)} ${formatAmount(minor, money)}`)
    .join(' · ');
}

/** The figures of all trades that no table holds. */
export function drawTotals(result: BacktestResult, style: Style): readonly string[] {
  const { total, money, assumptions } = result;
  if (total.trades === 0) return [];
  const risk = riskSetting(assumptions);
  const average = (minor: number | null) => (minor === null ? 'none' : formatSignedMoney(minor, money));
  const facts: readonly Fact[] = [
    {
      label: 'average win',
      value: average(total.averageWinMinor),
      detail: `average loss ${average(total.averageLossMinor)}`,
    },
    outcomeFact('best', total.best, result),
    outcomeFact('worst', total.worst, result),
    {
      label: 'held',
      value: formatDuration(total.medianHoldMs),
      detail: `median; mean ${formatDuration(total.meanHoldMs)}, ${formatCount(total.withinOneCandle)} within one candle of the entry`,
    },
    {
      label: 'losing streak',
      value: formatCounted(total.longestLosingStreak, 'trade'),
      detail: 'the longest',
    },
    {
      label: 'risk taken',
      value: formatFinePct(total.medianRiskPct),
      detail: `of equity, median; the setting is ${risk.pct}${risk.remark}, a cut quantity risks less`,
    },
    {
      label: 'went against',
      value: formatR(total.meanMaeR === null ? null : -total.meanMaeR),
      detail: `mean worst excursion; best ${formatR(total.meanMfeR)}`,
    },
  ];
  return drawFacts(facts, style);
}

function outcomeFact(label: string, of: TradeOutcome | null, { money, zone }: BacktestResult): Fact {
  if (of === null) return { label, value: 'none', detail: '' };
  return {
    label,
    value: { text: formatSignedMoney(of.netMinor, money), tone: signTone(of.netMinor) },
    detail: `${formatR(of.pnlR)}, ${of.symbol} ${of.direction}, ${wordsFor(of.exitReason)} ${formatMinute(zone, of.exitAt)}, ${of.strategy}`,
  };
}
