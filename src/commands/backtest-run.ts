import type { OutputSettings } from '../core/config/settings.ts';
import { TradekitError } from '../core/domain/error.ts';
import type { FillModel } from '../core/domain/simulation/settings.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Digest } from '../core/ports/digest.ts';
import { type BacktestInput, type BacktestRun, runBacktest } from '../core/services/backtest.ts';
import { equityCsv } from '../core/views/equity-csv.ts';
import { createProgressBar } from '../core/views/progress.ts';
import { drawReport } from '../core/views/report.ts';
import { tradesCsv } from '../core/views/trades-csv.ts';
import type { History } from './history.ts';
import { moneyOf, resultOf } from './run-result.ts';
import { styleOf, tellLines } from './terminal.ts';

export type BacktestJob = {
  readonly open: (onProgress: (bytesDone: number, bytesTotal: number) => void) => Promise<History>;
  /** Files that it reads: no result may take their place. */
  readonly inputs: readonly string[];
  readonly isSameFile: (a: string, b: string) => boolean;
  readonly output: OutputSettings;
  readonly createDigest: () => Digest;
  /** All of them or none. */
  readonly writeFiles: (files: readonly { readonly path: string; readonly text: string }[]) => void;
  readonly codeVersion: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Reads, trades twice (the chosen fill model, and the other one beside it), writes the files, tells the result. */
export async function backtest(job: BacktestJob): Promise<void> {
  checkOutput(job);
  const history = await withProgress(job, 'reading', job.open).catch((error: unknown) => {
    throw job.signal.aborted ? interrupted() : error;
  });
  const digest = job.createDigest();
  const run = await withProgress(job, 'simulating', (onProgress) =>
    runBacktest(history.input, { digest, signal: job.signal, onProgress }),
  );
  const beside = await runBeside(job, history.input);
  if (job.signal.aborted) throw interrupted();
  const { createDigest, codeVersion } = job;
  const result = resultOf({ history, run, digest, createDigest, codeVersion, beside });
  writeResults(job, history, run);
  const text = job.output.json ? `${JSON.stringify(result)}\n` : drawReport(result, styleOf(process.stdout));
  process.stdout.write(text);
}

/** @throws CONFIG where a result would take the place of the other one, or of what is read */
function checkOutput({ output: { out, equityOut }, inputs, isSameFile }: BacktestJob): void {
  if (equityOut !== undefined && isSameFile(out, equityOut)) {
    throw new TradekitError('CONFIG', `Trades and equity cannot both go to "${out}".`, {
      hint: 'Name two files: --out and --equity-out',
    });
  }
  const named = [
    ['--out', out] as const,
    ...(equityOut === undefined ? [] : [['--equity-out', equityOut] as const]),
  ];
  for (const [flag, path] of named) {
    const read = inputs.find((input) => isSameFile(input, path));
    if (read === undefined) continue;
    throw new TradekitError('CONFIG', `${flag} "${path}" would be written over "${read}", which is read.`, {
      hint: `Name another file: ${flag} ${flag === '--out' ? 'trades.csv' : 'equity.csv'}`,
    });
  }
}

/** The other fill model on the same data: how much of the result hangs on how orders are thought to fill. */
async function runBeside(job: BacktestJob, input: BacktestInput) {
  const model: FillModel = input.fills.model === 'neutral' ? 'pessimistic' : 'neutral';
  const { trades } = await withProgress(job, model, (onProgress) =>
    runBacktest({ ...input, fills: { ...input.fills, model } }, { signal: job.signal, onProgress }),
  );
  return { model, trades };
}

async function withProgress<T>(
  { output, clock }: BacktestJob,
  label: string,
  work: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const { colour } = styleOf(process.stderr);
  const bar = createProgressBar({ terminal: process.stderr, now: clock.now, label, colour });
  try {
    return await work(output.progress ? bar.update : () => {});
  } finally {
    bar.clear();
  }
}

function writeResults({ output, writeFiles }: BacktestJob, history: History, run: BacktestRun): void {
  const context = { zone: history.market.calendar.zone, money: moneyOf(history) };
  const { out, equityOut } = output;
  const files = [{ path: out, text: tradesCsv(run.trades, history.market.costs.items, context) }];
  if (equityOut !== undefined) files.push({ path: equityOut, text: equityCsv(run.equity, context) });
  writeFiles(files);
  tellLines(`Wrote ${files.map(({ path }) => path).join(' and ')}.`);
}

function interrupted(): TradekitError {
  return new TradekitError('CONFIG', 'Interrupted: no file was written.', {
    hint: 'Run it again, or over a shorter time: --from 2015-07-06 --to 2015-07-10',
  });
}
