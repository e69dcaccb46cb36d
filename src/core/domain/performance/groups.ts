import { formatClock, formatDay } from '../market/civil.ts';
import { localClockMs, localDayOf } from '../market/zone.ts';
import type { Trade } from '../trading/trade.ts';
import { type StatisticsOptions, summarise, type TradeStatistics } from './statistics.ts';

/** The trades that share a key. */
export type TradeGroup = { readonly key: string; readonly statistics: TradeStatistics };

export type StrategyExitGroup = {
  readonly strategy: string;
  readonly exitReason: string;
  readonly statistics: TradeStatistics;
};

/** The same trades cut seven ways; each cut adds up to the total. Groups are ordered by key. */
export type TradeGroups = {
  readonly strategy: readonly TradeGroup[];
  readonly exitReason: readonly TradeGroup[];
  readonly strategyExit: readonly StrategyExitGroup[];
  /** Exchange month of the close, `2015-07`. */
  readonly month: readonly TradeGroup[];
  /** Exchange hour of the entry, `09`. */
  readonly hour: readonly TradeGroup[];
  readonly symbol: readonly TradeGroup[];
  readonly direction: readonly TradeGroup[];
};

/** Exchange time of an instant: `2015-07` and `09`. */
export type MonthAndHour = { readonly month: string; readonly hour: string };

export type GroupOptions = StatisticsOptions & { readonly clock: (at: number) => MonthAndHour };

/** The clock of a zone, for `GroupOptions`. */
export function zoneClock(zone: string): (at: number) => MonthAndHour {
  return (at) => ({
    month: formatDay(localDayOf(zone, at)).slice(0, 7),
    hour: formatClock(localClockMs(zone, at)).slice(0, 2),
  });
}

export function groupTrades(trades: readonly Trade[], options: GroupOptions): TradeGroups {
  const by = (keyOf: (trade: Trade) => string) => groupBy(trades, keyOf, options);
  const strategy = by((trade) => trade.strategy);
  return {
    strategy,
    exitReason: by((trade) => trade.exitReason),
    strategyExit: strategy.flatMap(({ key }) => exitsOf(key, trades, options)),
    month: by((trade) => options.clock(trade.exitAt).month),
    hour: by((trade) => options.clock(trade.entryAt).hour),
    symbol: by((trade) => trade.symbol),
    direction: by((trade) => trade.direction),
  };
}

function exitsOf(
  strategy: string,
  trades: readonly Trade[],
  options: StatisticsOptions,
): readonly StrategyExitGroup[] {
  const own = trades.filter((trade) => trade.strategy === strategy);
  return groupBy(own, (trade) => trade.exitReason, options).map(({ key, statistics }) => ({
    strategy,
    exitReason: key,
    statistics,
  }));
}

function groupBy(
  trades: readonly Trade[],
  keyOf: (trade: Trade) => string,
  options: StatisticsOptions,
): readonly TradeGroup[] {
  const members = new Map<string, Trade[]>();
  for (const trade of trades) {
    const key = keyOf(trade);
    const known = members.get(key);
    if (known === undefined) members.set(key, [trade]);
    else known.push(trade);
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => ({ key, statistics: summarise(own, options) }));
}
