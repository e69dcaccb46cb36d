import type { Trade } from '../trading/trade.ts';
import type { EquityRecord } from './equity-curve.ts';
import { mean, sampleDeviation } from './middle.ts';

/** Annualised Sharpe ratio of daily returns with its standard error; no risk-free rate is taken off. */
export type Sharpe = {
  /** null under 20 days, and for a curve without spread. */
  readonly ratio: number | null;
  readonly standardError: number | null;
  /** Days of return, idle ones included. */
  readonly days: number;
  readonly periodsPerYear: number;
};

/** Under so many days there is no ratio: its error would be larger than anything it could say. */
export const MIN_SHARPE_DAYS = 20;

/**
 * mean ÷ sd(n − 1) × √periodsPerYear, and its standard error √((1 + SR² ÷ 2) ÷ n) × √periodsPerYear with SR per day:
 * returns independent and alike, no correction for fat tails.
 *
 * @see A. W. Lo, The Statistics of Sharpe Ratios, Financial Analysts Journal 58/4 (2002)
 */
export function sharpe(returns: ArrayLike<number>, periodsPerYear: number): Sharpe {
  const days = returns.length;
  const none = { ratio: null, standardError: null, days, periodsPerYear };
  const centre = mean(returns);
  const spread = sampleDeviation(returns);
  if (days < MIN_SHARPE_DAYS || centre === null || spread === null) return none;
  if (spread <= Math.abs(centre) * 1e-12) return none;
  const daily = centre / spread;
  const annual = Math.sqrt(periodsPerYear);
  return {
    ...none,
    ratio: daily * annual,
    standardError: Math.sqrt((1 + (daily * daily) / 2) / days) * annual,
  };
}

/** One day of the account: what it began with and what it came to. */
export type TradingDay = {
  readonly closeAt: number;
  readonly beforeMinor: number;
  readonly afterMinor: number;
};

/**
 * Days of an equity record, idle ones included, the first from the starting balance. Two sessions of one date (an
 * outage, a special evening) are one day. Ends where the account had nothing left to earn on.
 */
export function tradingDays({ startingMinor, sessions }: EquityRecord): readonly TradingDay[] {
  const days: TradingDay[] = [];
  let beforeMinor = startingMinor;
  for (const [i, { date, at, equityMinor }] of sessions.entries()) {
    if (sessions[i + 1]?.date === date) continue;
    if (beforeMinor <= 0) break;
    days.push({ closeAt: at, beforeMinor, afterMinor: equityMinor });
    beforeMinor = equityMinor;
  }
  return days;
}

/** Return of the account on each day. */
export function accountReturns(days: readonly TradingDay[]): Float64Array {
  return Float64Array.from(days, ({ beforeMinor, afterMinor }) => afterMinor / beforeMinor - 1);
}

/**
 * What these trades alone returned on each day: net P&L of those that closed on it ÷ the account's equity before it.
 * `trades` in the order in which they closed; where every position ends its day, all trades give `accountReturns`.
 */
export function tradeReturns(trades: readonly Trade[], days: readonly TradingDay[]): Float64Array {
  const returns = new Float64Array(days.length);
  let day = 0;
  for (const { exitAt, netPnl } of trades) {
    while (day < days.length && (days[day]?.closeAt ?? 0) < exitAt) day += 1;
    const of = days[day];
    if (of !== undefined) returns[day] = (returns[day] ?? 0) + netPnl / of.beforeMinor;
  }
  return returns;
}
