import type { BacktestResult } from '../domain/performance/result.ts';
import { drawLine } from './line.ts';
import { drawBuyAndHold, drawDrawdowns, drawModels } from './report/account.ts';
import { drawAssumptions, drawWarnings } from './report/assumptions.ts';
import { drawData } from './report/data.ts';
import { drawFunnel } from './report/funnel.ts';
import { drawGroups, groupTables } from './report/groups.ts';
import { drawManifest } from './report/manifest.ts';
import { drawNoTrade } from './report/no-trade.ts';
import { drawMoneyFlow, drawTotals } from './report/totals.ts';
import { drawVerdict } from './report/verdict.ts';
import type { Style } from './style.ts';

/** The backtest report: the verdict first, then everything it rests on. Sections with nothing to say are not there. */
export function drawReport(result: BacktestResult, style: Style): string {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Why nothing traded', drawNoTrade(result, style)],
    ['Mind', drawWarnings(result, style)],
    ['Assumptions', drawAssumptions(result, style)],
    ['Data', drawData(result, style)],
    ['Funnel', drawFunnel(result.funnel, style)],
    ...drawGroups(groupTables(result), result.money, style),
    ['Gross to net', drawMoneyFlow(result, style)],
    ['All trades', drawTotals(result, style)],
    ['Drawdown', drawDrawdowns(result, style)],
    ['Against holding', drawBuyAndHold(result, style)],
    ['Fill models', drawModels(result, style)],
    ['Manifest', drawManifest(result, style)],
  ];
  return [...drawVerdict(result, style), ...drawSections(sections, style), ''].join('\n');
}

/** Titled blocks with a line between them; empty ones vanish. */
export function drawSections(
  sections: readonly (readonly [title: string, lines: readonly string[]])[],
  style: Style,
): readonly string[] {
  return sections
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => ['', drawLine([{ text: title, tone: 'strong' }], style), ...lines]);
}
