import type { BacktestResult } from '../../domain/performance/result.ts';
import { formatDate } from '../clock.ts';
import { drawFacts, drawHanging, drawParagraph, type Fact, type Span } from '../line.ts';
import { formatMoney, formatSignedMoney } from '../money.ts';
import {
  formatCount,
  formatCounted,
  formatPct,
  formatR,
  formatRatio,
  formatSignedPct,
  NONE,
} from '../numbers.ts';
import { sparkline } from '../sparkline.ts';
import { type Style, signTone, type Tone } from '../style.ts';
import { describeDrawdown } from './account.ts';
import { describeSharpe } from './sharpe-text.ts';

/** What a trader wants first: made or lost, on how many trades, how sure, at what risk, under which model. */
export function drawVerdict(result: BacktestResult, style: Style): readonly string[] {
  const { tone, text } = judge(result);
  const head = [
    ...drawHanging({ text: titleOf(result), tone: 'title' }, style),
    ...drawParagraph('', { text, tone }, style),
  ];
  return result.total.trades === 0 ? head : [...head, '', ...drawFacts(factsOf(result), style)];
}

function titleOf({ data, assumptions, zone }: BacktestResult): string {
  const symbols = data.length > 0 ? data.map(({ symbol }) => symbol) : assumptions.symbols;
  const names = symbols.slice(0, 3);
  if (symbols.length > names.length) names.push(`and ${symbols.length - names.length} more`);
  const from = Math.min(...data.map(({ firstAt }) => firstAt ?? Number.POSITIVE_INFINITY));
  const to = Math.max(...data.map(({ lastAt }) => lastAt ?? Number.NEGATIVE_INFINITY));
  const span = from > to ? [] : [`${formatDate(zone, from)} to ${formatDate(zone, to)}`];
  return [names.join(', '), ...span, assumptions.market, `${assumptions.baseTimeframe} candles`].join(' · ');
}

/** One sentence. Colour repeats the first word. */
function judge(result: BacktestResult): { readonly tone: Tone; readonly text: string } {
  const { total, money } = result;
  if (total.trades === 0) return { tone: 'warn', text: 'NO TRADE.' };
  const doubt = modelsDisagree(result) ? ' The sign depends on the fill model.' : '';
  if (total.netMinor > 0) return { tone: 'good', text: `PROFIT${confidence(result)}.${doubt}` };
  if (total.netMinor === 0) return { tone: 'plain', text: `BREAK EVEN.${doubt}` };
  const gross = formatSignedMoney(total.grossMinor, money);
  const cause =
    total.grossMinor > 0 ? `costs ate the edge, gross was ${gross}` : `before costs too, gross was ${gross}`;
  return { tone: 'bad', text: `LOSS: ${cause}.${doubt}` };
}

function modelsDisagree({ models }: BacktestResult): boolean {
  const signs = new Set(models.map(({ netMinor }) => Math.sign(netMinor)));
  return signs.has(1) && signs.has(-1);
}

function confidence({ sharpe: { ratio, standardError, days } }: BacktestResult): string {
  if (ratio === null || standardError === null)
    return `, on too little to judge (${formatCounted(days, 'day')})`;
  if (ratio <= 0) return ', but the mean day is not above zero';
  const errors = `Sharpe is ${(ratio / standardError).toFixed(1)} standard errors above zero`;
  return ratio >= 2 * standardError ? `: ${errors}` : `, but within chance: ${errors}`;
}

function factsOf(result: BacktestResult): readonly Fact[] {
  const { total, money, equity, drawdown, assumptions } = result;
  const sign = signTone(total.netMinor);
  const returnPct = (100 * total.netMinor) / equity.startingMinor;
  return [
    {
      label: 'Net P&L',
      value: { text: formatSignedMoney(total.netMinor, money), tone: sign },
      detail: `${formatSignedPct(returnPct)} of ${formatMoney(equity.startingMinor, money)}`,
    },
    { label: 'Trades', value: formatCounted(total.trades, 'trade'), detail: winRateText(result) },
    { label: 'Expectancy', value: expectancyValue(result), detail: expectancyDetail(result) },
    {
      label: 'Max drawdown',
      value: drawdown.account === null ? 'none' : formatPct(drawdown.account.pct, 2),
      detail: describeDrawdown(drawdown.account, result),
    },
    { label: 'Sharpe', ...describeSharpe(result.sharpe) },
    { label: 'Fills', value: assumptions.fillModel, detail: besideText(result) },
    ...courseOf(result),
  ];
}

function winRateText({ total: { winRate, wins } }: BacktestResult): string {
  if (winRate === null) return NONE;
  const interval = `95 %: ${winRate.lowPct.toFixed(1)} to ${winRate.highPct.toFixed(1)}`;
  return `win rate ${formatPct(winRate.pct)} (${interval}) · ${formatCount(wins)} won`;
}

function expectancyValue({ total }: BacktestResult): Span {
  const error = total.expectancyRError === null ? '' : ` ± ${formatRatio(total.expectancyRError)}`;
  return { text: `${formatR(total.expectancyR)}${error}`, tone: signTone(total.expectancyR) };
}

function expectancyDetail({ total, money }: BacktestResult): string {
  if (total.expectancyMinor === null) return NONE;
  const perTrade = `${formatSignedMoney(total.expectancyMinor, money)} a trade`;
  return `${perTrade} · profit factor ${total.profitFactor === null ? `${NONE}, no loss` : formatRatio(total.profitFactor)}`;
}

function besideText({ models, money, total }: BacktestResult): string {
  const beside = models
    .slice(1)
    .map(({ model, netMinor }) => `${model}: ${formatSignedMoney(netMinor, money)}`);
  return [...beside, `${formatCounted(total.ambiguous, 'ambiguous candle')}`].join(' · ');
}

const COURSE_WIDTH = 40;

function courseOf({ equity, money }: BacktestResult): readonly Fact[] {
  const line = sparkline(
    [equity.startingMinor, ...equity.sessions.map(({ equityMinor }) => equityMinor)],
    COURSE_WIDTH,
  );
  if (line === '') return [];
  return [{ label: 'Equity', value: `${line}  ${formatMoney(equity.endMinor, money)}` }];
}
