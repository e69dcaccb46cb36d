import type { Charges } from '../trading/costs.ts';
import type { Direction } from '../trading/plan.ts';
import type { ExitReason, Trade } from '../trading/trade.ts';
import { createDrawdownTracker, type Drawdown } from './drawdown.ts';
import { mean, median, sampleDeviation } from './middle.ts';
import { type Proportion, wilson } from './proportion.ts';
import { type Sharpe, sharpe, type TradingDay, tradeReturns } from './sharpe.ts';

/**
 * What a set of trades did. Money in minor units (sums are integers, averages may not be); a win has net P&L above 0,
 * a loss below; null where there is no such number.
 */
export type TradeStatistics = {
  readonly trades: number;
  readonly long: number;
  readonly short: number;
  readonly wins: number;
  readonly losses: number;
  readonly winRate: Proportion | null;
  /** gross − charges − slippage = net, exactly. */
  readonly grossMinor: number;
  readonly chargesMinor: number;
  /** The charges by the name on the contract note. */
  readonly fees: Charges;
  readonly slippageMinor: number;
  readonly netMinor: number;
  /** Net P&L per trade. */
  readonly expectancyMinor: number | null;
  /** Mean of pnlR. */
  readonly expectancyR: number | null;
  /** sd(n − 1) of pnlR ÷ √n; null under two trades. */
  readonly expectancyRError: number | null;
  /** Money won ÷ money lost; null while nothing was lost. */
  readonly profitFactor: number | null;
  readonly averageWinMinor: number | null;
  readonly averageLossMinor: number | null;
  readonly best: TradeOutcome | null;
  readonly worst: TradeOutcome | null;
  readonly meanHoldMs: number | null;
  readonly medianHoldMs: number | null;
  readonly longestLosingStreak: number;
  /** Risk really taken, percent of equity: a cut quantity risks less than the setting. */
  readonly medianRiskPct: number | null;
  readonly meanMaeR: number | null;
  readonly meanMfeR: number | null;
  /** Closed at most one base candle after the entry. */
  readonly withinOneCandle: number;
  /** Candles that left the order of stop, target and entry open. */
  readonly ambiguous: number;
  /** On the balance after each close of these trades alone. */
  readonly drawdown: Drawdown | null;
  /** Of the daily returns of these trades alone, on the account's equity. */
  readonly sharpe: Sharpe;
};

/** One trade, as best and worst are shown. */
export type TradeOutcome = {
  readonly symbol: string;
  readonly strategy: string;
  readonly direction: Direction;
  readonly exitReason: ExitReason;
  readonly exitAt: number;
  readonly netMinor: number;
  readonly pnlR: number;
};

export type StatisticsOptions = {
  readonly startingMinor: number;
  readonly baseTimeframeMs: number;
  /** Days of the account, idle ones included. */
  readonly days: readonly TradingDay[];
  /** 252, or 365 where the market never closes. */
  readonly periodsPerYear: number;
};

/** `trades` in the order in which they closed. */
export function summarise(trades: readonly Trade[], options: StatisticsOptions): TradeStatistics {
  const wins = trades.filter(({ netPnl }) => netPnl > 0);
  const losses = trades.filter(({ netPnl }) => netPnl < 0);
  const netMinor = total(trades, ({ netPnl }) => netPnl);
  const wonMinor = total(wins, ({ netPnl }) => netPnl);
  const lostMinor = total(losses, ({ netPnl }) => -netPnl);
  const pnlR = trades.map((trade) => trade.pnlR);
  const deviationR = sampleDeviation(pnlR);
  const holdMs = trades.map(({ entryAt, exitAt }) => exitAt - entryAt);
  return {
    trades: trades.length,
    long: count(trades, ({ direction }) => direction === 'long'),
    short: count(trades, ({ direction }) => direction === 'short'),
    wins: wins.length,
    losses: losses.length,
    winRate: wilson(wins.length, trades.length),
    grossMinor: total(trades, ({ grossPnl }) => grossPnl),
    chargesMinor: total(trades, ({ charges }) => charges),
    fees: sumFees(trades),
    slippageMinor: total(trades, ({ slippage }) => slippage),
    netMinor,
    expectancyMinor: ratio(netMinor, trades.length),
    expectancyR: mean(pnlR),
    expectancyRError: deviationR === null ? null : deviationR / Math.sqrt(trades.length),
    profitFactor: ratio(wonMinor, lostMinor),
    averageWinMinor: ratio(wonMinor, wins.length),
    averageLossMinor: ratio(-lostMinor, losses.length),
    best: extreme(trades, 1),
    worst: extreme(trades, -1),
    meanHoldMs: mean(holdMs),
    medianHoldMs: median(holdMs),
    longestLosingStreak: longestLosingStreak(trades),
    medianRiskPct: median(trades.map(({ riskPct }) => riskPct)),
    meanMaeR: mean(trades.map(({ maeR }) => maeR)),
    meanMfeR: mean(trades.map(({ mfeR }) => mfeR)),
    withinOneCandle: count(holdMs, (ms) => ms <= options.baseTimeframeMs),
    ambiguous: trades.reduce((sum, { ambiguous }) => sum + ambiguous, 0),
    drawdown: closedDrawdown(trades, options.startingMinor),
    sharpe: sharpe(tradeReturns(trades, options.days), options.periodsPerYear),
  };
}

function total(trades: readonly Trade[], of: (trade: Trade) => number): number {
  let sum = 0;
  for (const trade of trades) sum += of(trade);
  return sum;
}

function sumFees(trades: readonly Trade[]): Charges {
  const sum: Record<string, number> = {};
  for (const { fees } of trades) {
    for (const item in fees) sum[item] = (sum[item] ?? 0) + (fees[item] ?? 0);
  }
  return sum;
}

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let hits = 0;
  for (const item of items) if (holds(item)) hits += 1;
  return hits;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Highest (sign 1) or lowest (sign −1) net P&L; the first of equals. */
function extreme(trades: readonly Trade[], sign: 1 | -1): TradeOutcome | null {
  let found: Trade | undefined;
  for (const trade of trades) {
    if (found === undefined || sign * (trade.netPnl - found.netPnl) > 0) found = trade;
  }
  if (found === undefined) return null;
  const { symbol, strategy, direction, exitReason, exitAt, netPnl, pnlR } = found;
  return { symbol, strategy, direction, exitReason, exitAt, netMinor: netPnl, pnlR };
}

function longestLosingStreak(trades: readonly Trade[]): number {
  let longest = 0;
  let streak = 0;
  for (const { netPnl } of trades) {
    streak = netPnl < 0 ? streak + 1 : 0;
    if (streak > longest) longest = streak;
  }
  return longest;
}

function closedDrawdown(trades: readonly Trade[], startingMinor: number): Drawdown | null {
  const tracker = createDrawdownTracker(startingMinor);
  let balanceMinor = startingMinor;
  for (const { exitAt, netPnl } of trades) {
    balanceMinor += netPnl;
    tracker.mark(exitAt, balanceMinor);
  }
  return tracker.worst();
}
