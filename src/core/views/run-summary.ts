import type { BacktestResult } from '../domain/performance/result.ts';
import { drawLine, drawParagraph } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCounted } from './numbers.ts';
import { drawChosen, drawWarnings } from './report/assumptions.ts';
import { drawFunnel } from './report/funnel.ts';
import { drawGroups, groupTables } from './report/groups.ts';
import { drawNoTrade } from './report/no-trade.ts';
import { drawMoneyFlow } from './report/totals.ts';
import { drawVerdict } from './report/verdict.ts';
import { drawSections } from './report.ts';
import type { Style } from './style.ts';
import { padText, textWidth } from './text-width.ts';

export type RunSummaryOptions = {
  /** Ended by Ctrl-C: the figures are those so far, with what was still open. */
  readonly interrupted?: { readonly openPositions: number; readonly markedMinor: number } | undefined;
  readonly next: readonly NextStep[];
};

/** What one may do now: a command, and what it does. */
export type NextStep = { readonly command: string; readonly does: string };

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
        ['Assumptions', drawChosen(result, style)],
        ['Next', drawNext(options.next, style)],
      ],
      style,
    ),
    '',
  ].join('\n');
}

/** Commands that are longer have what they do below them. */
const LONGEST_BESIDE = 32;

function drawNext(steps: readonly NextStep[], style: Style): readonly string[] {
  const beside = steps.map(({ command }) => textWidth(command)).filter((width) => width <= LONGEST_BESIDE);
  const width = Math.max(0, ...beside);
  return steps.flatMap(({ command, does }) => {
    const lead = `  ${padText(command, width, 'left')}   `;
    if (textWidth(command) <= width) return drawParagraph(lead, does, style);
    return [drawLine([`  ${command}`], style), ...drawParagraph('    ', does, style)];
  });
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
