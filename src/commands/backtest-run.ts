import type { OutputSettings } from '../core/config/settings.ts';
import { settingsCanonical } from '../core/config/settings.ts';
import { assembleResult } from '../core/domain/performance/assemble-result.ts';
import { buyAndHold } from '../core/domain/performance/buy-and-hold.ts';
import { diagnoseNoTrade } from '../core/domain/performance/no-trade.ts';
import type { BacktestResult, Manifest } from '../core/domain/performance/result.ts';
import type { FillModel } from '../core/domain/simulation/settings.ts';
import type { Digest } from '../core/ports/digest.ts';
import { type BacktestRun, runBacktest, tallyConditions } from '../core/services/backtest.ts';
import { createManifest } from '../core/services/manifest.ts';
import { drawReport } from '../core/views/report.ts';
import { assumptionsOf, dataOf, warningsOf } from './describe-run.ts';
import type { History } from './history.ts';
import { styleOf } from './terminal.ts';

export type BacktestJob = {
  readonly open: (onProgress: (done: number, total: number) => void) => Promise<History>;
  readonly output: OutputSettings;
  readonly createDigest: () => Digest;
  readonly codeVersion: string;
  readonly signal: AbortSignal;
};

/** Reads, trades twice (the chosen fill model, and the other one beside it), writes the files, tells the result. */
export async function backtest(job: BacktestJob): Promise<void> {
  const history = await job.open(() => {});
  const digest = job.createDigest();
  const run = await runBacktest(history.input, { digest, signal: job.signal });
  const result = await resultOf(job, history, run, digest.hex());
  process.stdout.write(
    job.output.json ? `${JSON.stringify(result)}\n` : drawReport(result, styleOf(process.stdout)),
  );
}

async function resultOf(
  job: BacktestJob,
  history: History,
  run: BacktestRun,
  eventsHash: string,
): Promise<BacktestResult> {
  const { input, market, read } = history;
  const model: FillModel = input.fills.model === 'neutral' ? 'pessimistic' : 'neutral';
  const beside = await runBacktest({ ...input, fills: { ...input.fills, model } }, { signal: job.signal });
  const conditions = run.funnel.signals === 0 ? tallyConditions(input) : undefined;
  return assembleResult({
    money: { currency: market.currency, minorDigits: market.minorDigits },
    zone: market.calendar.zone,
    assumptions: assumptionsOf(history),
    data: dataOf(read.report),
    buyAndHold: input.columns.flatMap((of) => buyAndHold(of) ?? []),
    noTrade: diagnoseNoTrade({ funnel: run.funnel, rules: run.rules, conditions }),
    warnings: warningsOf(history),
    manifest: manifestOf(job, history, run, eventsHash),
    baseTimeframeMs: input.baseTimeframeMs,
    periodsPerYear: market.calendar.zone === 'UTC' ? 365 : 252,
    trades: run.trades,
    equity: run.equity,
    funnel: run.funnel,
    beside: { model, trades: beside.trades },
  });
}

function manifestOf(job: BacktestJob, history: History, run: BacktestRun, eventsHash: string): Manifest {
  return createManifest({
    createDigest: job.createDigest,
    data: history.read.report.symbols.map(({ symbol, dataHash }) => ({ symbol, hash: dataHash })),
    strategies: history.input.strategies,
    settings: settingsCanonical(history.settings),
    codeVersion: job.codeVersion,
    firstCandleAt: Math.min(
      ...history.input.columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY),
    ),
    eventsHash,
    run,
  });
}
