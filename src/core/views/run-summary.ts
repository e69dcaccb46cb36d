import type { BacktestResult } from '../domain/performance/result.ts';
import { drawParagraph } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCounted } from './numbers.ts';
import { drawWarnings } from './report/assumptions.ts';
import { drawFunnel } from './report/funnel.ts';
import { drawGroups, groupTables } from './report/groups.ts';
import { drawNoTrade } from './report/no-trade.ts';
import { drawMoneyFlow } from './report/totals.ts';
import { drawVerdict } from './report/verdict.ts';
import { drawSections } from './report.ts';
import type { Style } from './style.ts';

export type RunSummaryOptions = {
  /** Ended by Ctrl-C: the figures are those so far, with what was still open. */
  readonly interrupted?: { readonly openPositions: number; readonly markedMinor: number } | undefined;
  /** What to do next, a sentence each. */
  readonly next: readonly string[];
};

/** The end of a replay: the verdict, where signals went, and the trades by strategy and exit reason. */
export function drawRunSummary(result: BacktestResult, options: RunSummaryOptions, style: Style): string {
  const [byStrategy, byExit] = groupTables(result);
  const tables = [byStrategy, byExit].filter((table) => table !== undefined);
  return [
    ...drawInterruption(result, options, style),
    ...drawVerdict(result, style),
    ...drawSections(
      [
        ['Why nothing traded', drawNoTrade(result, style)],
        ['Mind', drawWarnings(result, style)],
        ['Funnel', drawFunnel(result.funnel, style)],
        ...drawGroups(tables, result.money, style),
        ['Gross to net', drawMoneyFlow(result, style)],
        ['Next', options.next.flatMap((text) => drawParagraph('  ', text, style))],
      ],
      style,
    ),
    '',
  ].join('\n');
}

/** Net P&L counts closed trades, equity what is open too: without this line the two would not add up. */
function drawInterruption(
  { money }: BacktestResult,
  { interrupted }: RunSummaryOptions,
  style: Style,
): readonly string[] {
  if (interrupted === undefined) return [];
  const { openPositions, markedMinor } = interrupted;
  const open =
    openPositions === 0
      ? 'no position was open'
      : `${formatCounted(openPositions, 'position')} open, marked ${formatSignedMoney(markedMinor, money)}, in equity but not in net P&L`;
  return drawParagraph('', { text: `Interrupted: the run so far; ${open}.`, tone: 'warn' }, style);
}
