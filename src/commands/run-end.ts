import type { BacktestResult } from '../core/domain/performance/result.ts';
import { drawRunSummary, type NextStep } from '../core/views/run-summary.ts';
import { styleOf, tellLines } from './terminal.ts';

/** Writes what a run came to, and what to do next. */
export function writeSummary(result: BacktestResult, isOver: boolean, next: readonly NextStep[]): void {
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
const STEPS: readonly NextStep[] = [
  {
    command: 'tradekit backtest data.csv',
    does: 'the same over candles of your own, with a full report and the trades as CSV',
  },
  { command: 'tradekit init', does: 'strategies.json and tradekit.json to change' },
  { command: 'tradekit run-all --verbose', does: 'every signal, plan and rejection with its reason' },
];
