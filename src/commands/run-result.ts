import { settingsCanonical } from '../core/config/settings.ts';
import { assembleResult } from '../core/domain/performance/assemble-result.ts';
import { buyAndHold } from '../core/domain/performance/buy-and-hold.ts';
import { diagnoseNoTrade } from '../core/domain/performance/no-trade.ts';
import type { BacktestResult, Manifest, Money } from '../core/domain/performance/result.ts';
import type { FillModel } from '../core/domain/simulation/settings.ts';
import type { Trade } from '../core/domain/trading/trade.ts';
import type { Digest } from '../core/ports/digest.ts';
import { type BacktestRun, tallyConditions } from '../core/services/backtest.ts';
import { createManifest } from '../core/services/manifest.ts';
import { dataOf, warningsOf } from './describe-run.ts';
import type { History } from './history.ts';
import { assumptionsOf } from './run-assumptions.ts';

/** A run that ended, with what its manifest needs. */
export type EndedRun = {
  readonly history: History;
  readonly run: BacktestRun;
  /** Fed with every decision event. */
  readonly digest: Digest;
  readonly createDigest: () => Digest;
  readonly codeVersion: string;
  /** The same data under another fill model. */
  readonly beside?: { readonly model: FillModel; readonly trades: readonly Trade[] } | undefined;
};

export function moneyOf({ market }: History): Money {
  return { currency: market.currency, minorDigits: market.minorDigits };
}

/** Everything a report says of a run. */
export function resultOf(ended: EndedRun): BacktestResult {
  const { history, run, beside } = ended;
  const { input, market, read } = history;
  const conditions = run.funnel.signals === 0 ? tallyConditions(input) : undefined;
  return assembleResult({
    money: moneyOf(history),
    zone: market.calendar.zone,
    assumptions: assumptionsOf(history),
    data: dataOf(read.report),
    buyAndHold: comparable(history).flatMap((of) => buyAndHold(of) ?? []),
    noTrade: diagnoseNoTrade({ ...run, strategies: input.strategies, conditions }),
    warnings: warningsOf(history, run.trades),
    manifest: manifestOf(ended),
    baseTimeframeMs: input.baseTimeframeMs,
    periodsPerYear: market.tradingDaysPerYear,
    trades: run.trades,
    equity: run.equity,
    funnel: run.funnel,
    beside,
  });
}

/** Across an unadjusted split, prices of before and after say nothing of what holding would have made. */
function comparable({ input, read }: History): History['input']['columns'] {
  const split = new Set(
    read.report.symbols
      .filter(({ jumps }) => jumps.some(({ remains }) => remains))
      .map(({ symbol }) => symbol),
  );
  return input.columns.filter(({ symbol }) => !split.has(symbol));
}

function manifestOf({ history, run, digest, createDigest, codeVersion }: EndedRun): Manifest {
  return createManifest({
    createDigest,
    data: history.read.report.symbols.map(({ symbol, dataHash }) => ({ symbol, hash: dataHash })),
    strategies: history.input.strategies,
    settings: JSON.stringify([settingsCanonical(history.settings), resolvedMarket(history)]),
    codeVersion,
    firstCandleAt: Math.min(
      ...history.input.columns.map(({ openAt }) => openAt[0] ?? Number.POSITIVE_INFINITY),
    ),
    eventsHash: digest.hex(),
    run,
  });
}

/** What market and data made of the settings: a market file may change without its name. */
function resolvedMarket({ market, input }: History) {
  const { name, currency, minorDigits, costs } = market;
  return {
    name,
    currency,
    minorDigits,
    costs: [costs.name, costs.summary],
    instruments: input.instruments,
    sessions: input.sessions,
  };
}
