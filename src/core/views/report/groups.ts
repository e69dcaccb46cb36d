import type { TradeGroup } from '../../domain/performance/groups.ts';
import type { BacktestResult, Money } from '../../domain/performance/result.ts';
import type { TradeStatistics } from '../../domain/performance/statistics.ts';
import { drawLine, type Span } from '../line.ts';
import { currencySymbol, formatAmount } from '../money.ts';
import { formatCount, formatDuration, formatPct, formatR, formatRatio, NONE } from '../numbers.ts';
import { type Style, signTone } from '../style.ts';
import { type Column, cutRows, drawRows, layOut, leftOut, type Row, titleRow } from '../table.ts';
import { wrapText } from '../text-width.ts';
import { wordsFor } from '../words.ts';

/** One cut of the trades as a table. A row without statistics names the rows below it. */
export type GroupTable = {
  readonly title: string;
  readonly rows: readonly { readonly name: Span; readonly statistics: TradeStatistics | undefined }[];
};

const MOST_ROWS = 64;

/**
 * Trades, win rate, gross → charges → slippage → net, R, profit factor and the rest as far as there is room, in columns
 * that stand in line through all tables.
 */
export function drawGroups(
  tables: readonly GroupTable[],
  money: Money,
  style: Style,
): readonly (readonly [title: string, lines: readonly string[]])[] {
  const columns: readonly Column[] = [{ title: '', align: 'left', flexible: true }, ...figureColumns(money)];
  const drawn = tables.map(({ title, rows }) => {
    const all = rows.map(
      ({ name, statistics }): Row => [name, ...(statistics ? figures(statistics, money) : [])],
    );
    return { title, rows: [titleRow(columns), ...cutRows(all, MOST_ROWS)] };
  });
  const all = drawn.flatMap(({ rows }) => rows);
  const layout = layOut(columns, all, style);
  const { titles, fullWidth } = leftOut(columns, all, layout);
  return drawn.map(({ title, rows }, place) => {
    const note = place === 0 && titles.length > 0 ? drawNote(titles, fullWidth, style) : [];
    return [title, [...drawRows(layout, rows, style), ...note]] as const;
  });
}

/** Said once, below the first table. */
function drawNote(titles: readonly string[], fullWidth: number, style: Style): readonly string[] {
  const text = `No room here for ${titles.join(', ')}: a terminal of ${fullWidth} columns shows them.`;
  return wrapText(text, style.width - 2).map((line) => drawLine(['  ', { text: line, tone: 'dim' }], style));
}

function figureColumns(money: Money): readonly Column[] {
  return [
    { title: 'trades', align: 'right' },
    { title: 'win', align: 'right' },
    { title: 'gross', align: 'right', dropRank: 3 },
    { title: 'charges', align: 'right', dropRank: 4 },
    { title: 'slippage', align: 'right', dropRank: 5 },
    { title: `net ${currencySymbol(money)}`, align: 'right' },
    { title: 'R', align: 'right' },
    { title: 'PF', align: 'right', dropRank: 1 },
    { title: 'max DD', align: 'right', dropRank: 6 },
    { title: 'Sharpe', align: 'right', dropRank: 8 },
    { title: 'best', align: 'right', dropRank: 9 },
    { title: 'worst', align: 'right', dropRank: 9 },
    { title: 'held', align: 'right', dropRank: 7 },
    { title: 'streak', align: 'right', dropRank: 10 },
  ];
}

function figures(of: TradeStatistics, money: Money): Row {
  const amount = (minor: number | undefined) => (minor === undefined ? NONE : formatAmount(minor, money));
  const net: Span = { text: formatAmount(of.netMinor, money), tone: signTone(of.netMinor) };
  const { ratio, standardError } = of.sharpe;
  return [
    formatCount(of.trades),
    formatPct(of.winRate?.pct ?? null),
    amount(of.grossMinor),
    amount(of.chargesMinor),
    amount(of.slippageMinor),
    net,
    { text: formatR(of.expectancyR), tone: signTone(of.expectancyR) },
    formatRatio(of.profitFactor),
    of.drawdown === null ? 'none' : formatPct(of.drawdown.pct, 2),
    ratio === null ? NONE : `${formatRatio(ratio)} ± ${formatRatio(standardError)}`,
    amount(of.best?.netMinor),
    amount(of.worst?.netMinor),
    formatDuration(of.medianHoldMs),
    formatCount(of.longestLosingStreak),
  ];
}

/** The cuts in the order of the report. One that has a single group, and so says nothing new, is left out. */
export function groupTables({
  groups,
  total,
}: Pick<BacktestResult, 'groups' | 'total'>): readonly GroupTable[] {
  if (total.trades === 0) return [];
  const several = (table: GroupTable): readonly GroupTable[] => (table.rows.length > 1 ? [table] : []);
  const strategies = tableOf('By strategy', byNet(groups.strategy));
  return [
    {
      ...strategies,
      rows: [...strategies.rows, { name: { text: 'total', tone: 'strong' }, statistics: total }],
    },
    tableOf(
      'By exit reason',
      groups.exitReason.map(({ key, statistics }) => ({ key: wordsFor(key), statistics })),
    ),
    { title: 'By strategy × exit reason', rows: strategyExits(groups) },
    ...several(tableOf('By symbol', byNet(groups.symbol))),
    ...several(tableOf('By direction', groups.direction)),
    tableOf('By month of close', groups.month),
    tableOf(
      'By hour of entry',
      groups.hour.map(({ key, statistics }) => ({ key: `${key}:00`, statistics })),
    ),
  ];
}

function tableOf(title: string, groups: readonly TradeGroup[]): GroupTable {
  return { title, rows: groups.map(({ key, statistics }) => ({ name: key, statistics })) };
}

/** Exit reasons under the name of their strategy. */
function strategyExits({ strategy, strategyExit }: BacktestResult['groups']): GroupTable['rows'] {
  return byNet(strategy).flatMap(({ key }) => [
    { name: key, statistics: undefined },
    ...strategyExit
      .filter((of) => of.strategy === key)
      .map(({ exitReason, statistics }) => ({ name: `  ${wordsFor(exitReason)}`, statistics })),
  ]);
}

function byNet(groups: readonly TradeGroup[]): readonly TradeGroup[] {
  return groups.toSorted((a, b) => b.statistics.netMinor - a.statistics.netMinor);
}
