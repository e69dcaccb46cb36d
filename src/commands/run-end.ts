import type { BacktestResult } from '../core/domain/performance/result.ts';
import { drawRunSummary } from '../core/views/run-summary.ts';
import { styleOf, tellLines } from './terminal.ts';

/** Writes what a run came to, and what to do next. */
export function writeSummary(result: BacktestResult, isOver: boolean, next: readonly string[]): void {
  const style = styleOf(process.stdout);
  const interrupted = isOver ? undefined : stillOpen(result);
  const steps = [...next, ...STEPS];
  process.stdout.write(`\n${drawRunSummary(result, { interrupted, next: steps }, style)}`);
}

/** Of a run that was told to its end before. */
export function sayOverAlready(id: string): void {
  tellLines(`The run ${id} was over already: this is what it came to.`);
}

function stillOpen({ funnel, equity, total }: BacktestResult) {
  return {
    openPositions: funnel.filled - funnel.closed,
    markedMinor: equity.endMinor - equity.startingMinor - total.netMinor,
  };
}

/** Whatever the run was. */
const STEPS: readonly string[] = [
  'tradekit backtest data.csv   the same over candles of your own, with a full report and the trades as CSV',
  'tradekit init                strategies.json and tradekit.json to change',
  'tradekit run-all --verbose   every signal, plan and rejection with its reason',
];
