import type { FillModel } from '../simulation/settings.ts';
import type { Trade } from '../trading/trade.ts';
import type { EquityRecord } from './equity-curve.ts';
import type { Funnel } from './funnel.ts';
import { groupTrades, zoneClock } from './groups.ts';
import type { BacktestResult, ModelOutcome, Warning } from './result.ts';
import { accountReturns, sharpe, tradingDays } from './sharpe.ts';
import { type StatisticsOptions, summarise } from './statistics.ts';

/** A finished run, and what is known about it beside its trades. */
export type FinishedRun = Pick<
  BacktestResult,
  'money' | 'zone' | 'assumptions' | 'data' | 'buyAndHold' | 'noTrade' | 'warnings' | 'manifest'
> & {
  readonly baseTimeframeMs: number;
  /** 252, or 365 where the market never closes. */
  readonly periodsPerYear: number;
  /** In the order in which they closed. */
  readonly trades: readonly Trade[];
  readonly equity: EquityRecord;
  readonly funnel: Funnel;
  /** The same data under another fill model. */
  readonly beside?: { readonly model: FillModel; readonly trades: readonly Trade[] } | undefined;
};

/** Reckons every figure of the report from a finished run. */
export function assembleResult(run: FinishedRun): BacktestResult {
  const { trades, equity, beside, baseTimeframeMs, periodsPerYear, zone } = run;
  const days = tradingDays(equity);
  const options = { startingMinor: equity.startingMinor, baseTimeframeMs, periodsPerYear, days };
  const total = summarise(trades, options);
  return {
    v: 1,
    money: run.money,
    zone,
    assumptions: run.assumptions,
    data: run.data,
    funnel: run.funnel,
    total,
    groups: groupTrades(trades, { ...options, clock: zoneClock(zone) }),
    models: [
      modelOutcome(run.assumptions.fillModel, trades, options),
      ...(beside === undefined ? [] : [modelOutcome(beside.model, beside.trades, options)]),
    ],
    equity,
    sharpe: sharpe(accountReturns(days), periodsPerYear),
    drawdown: { account: equity.drawdown, closedTrades: total.drawdown },
    buyAndHold: run.buyAndHold,
    noTrade: run.noTrade,
    warnings: [...run.warnings, ...squareOffWarning(trades)],
    manifest: run.manifest,
  };
}

function modelOutcome(model: FillModel, trades: readonly Trade[], options: StatisticsOptions): ModelOutcome {
  const of = summarise(trades, options);
  return {
    model,
    trades: of.trades,
    netMinor: of.netMinor,
    winRatePct: of.winRate?.pct ?? null,
    expectancyR: of.expectancyR,
    profitFactor: of.profitFactor,
    ambiguous: of.ambiguous,
  };
}

function squareOffWarning(trades: readonly Trade[]): readonly Warning[] {
  const count = trades.filter(({ exitReason }) => exitReason === 'no_data').length;
  if (count === 0) return [];
  const text = `${count} ${count === 1 ? 'position had' : 'positions had'} no candle at square-off and left at the session's last close.`;
  return [{ code: 'square_off_without_data', text }];
}
