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

/**
 * Return of each day against the day before, the first against the starting balance. Of two sessions of one date
 * (an outage, a special evening) the later close counts. Ends where the account had nothing left to earn on.
 */
export function dailyReturns({ startingMinor, sessions }: EquityRecord): Float64Array {
  const returns: number[] = [];
  let before = startingMinor;
  for (const [i, { date, equityMinor }] of sessions.entries()) {
    if (sessions[i + 1]?.date === date) continue;
    if (before <= 0) break;
    returns.push(equityMinor / before - 1);
    before = equityMinor;
  }
  return Float64Array.from(returns);
}
