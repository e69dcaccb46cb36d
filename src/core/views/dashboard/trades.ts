import { drawLine } from '../line.ts';
import { formatCount, formatCounted, formatR } from '../numbers.ts';
import { sparkline } from '../sparkline.ts';
import { signTone } from '../style.ts';
import { type Column, drawTable, type Row } from '../table.ts';
import { padText } from '../text-width.ts';
import { wordsFor } from '../words.ts';
import type { Figures, TradeFigures } from './figures.ts';
import { type Format, formatFor } from './format.ts';
import { drawFitting, drawHeading, inSight, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { rowOf } from './ui.ts';

const COLUMNS: readonly Column[] = [
  { title: '  time', align: 'left' },
  { title: 'symbol', align: 'left', flexible: true },
  { title: '', align: 'left' },
  { title: 'qty', align: 'right', dropRank: 1 },
  { title: 'entry', align: 'right' },
  { title: 'exit', align: 'right' },
  { title: 'by', align: 'left' },
  { title: 'net', align: 'right' },
  { title: 'R', align: 'right' },
  { title: 'strategy', align: 'left', flexible: true, dropRank: 2 },
];

/** Bounds of the histogram, in R. */
const BOUNDS = [-1, 0, 1, 2] as const;
const BLOCKS = 30;

/** The session's closed trades, how they spread in R, and how the account went. */
export function drawTrades(shown: Shown, pane: Pane): readonly string[] {
  const { figures, fold, ui } = shown;
  const query = ui.query.toLowerCase();
  const trades = figures.trades.toReversed().filter(({ symbol }) => symbol.toLowerCase().includes(query));
  const format = formatFor(fold.settings);
  const head = [drawSummary(figures, format, pane), drawCourse(figures, format, pane)];
  const histogram = [drawHeading('R of today’s trades', pane), ...drawHistogram(figures.trades, pane)];
  const height = Math.max(1, pane.height - head.length - histogram.length - 2);
  const selected = rowOf(ui, 'trades', trades.length);
  const { from, items } = inSight(trades, selected, height);
  const rows = items.map((trade, i) => rowFor(trade, from + i === selected, format));
  const table = trades.length === 0 ? [none(pane)] : drawTable(COLUMNS, rows, pane);
  return [...head, ...histogram, drawHeading('Closed', pane, 'newest first'), ...table];
}

function none(pane: Pane): string {
  return drawLine([{ text: '  no trade has closed today', tone: 'dim' }], pane);
}

function drawSummary({ account, session }: Figures, format: Format, pane: Pane): string {
  const { tradesToday, wonToday, closedTodayMinor, closedTodayR } = account;
  return drawFitting(
    [
      { text: `${session?.date ?? 'no session yet'}  `, tone: 'title' },
      `${formatCounted(tradesToday, 'trade')}, ${formatCount(wonToday)} won`,
      {
        text: `   ${format.signedMoney(closedTodayMinor)}  ${formatR(closedTodayR)}`,
        tone: signTone(closedTodayMinor),
      },
    ],
    3,
    pane,
  );
}

function drawCourse({ equityCourseMinor, account }: Figures, format: Format, pane: Pane): string {
  const label = 'equity today  ';
  const end = `  ${format.money(account.equityMinor)}`;
  const line = sparkline(
    equityCourseMinor,
    Math.max(8, Math.min(100, pane.width - label.length - end.length)),
  );
  return drawLine([{ text: label, tone: 'dim' }, line, end], pane);
}

/** Five rows from the worst to the best; one block is one trade, or a share of them where there are many. */
function drawHistogram(trades: readonly TradeFigures[], pane: Pane): readonly string[] {
  const labels = ['    under -1 R', '  -1 R to 0 R', '   0 R to 1 R', '   1 R to 2 R', '    over  2 R'];
  const counts = labels.map(() => 0);
  for (const { pnlR } of trades) {
    const bucket = BOUNDS.findIndex((bound) => pnlR < bound);
    const place = bucket === -1 ? BOUNDS.length : bucket;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  return labels.map((label, i) => {
    const count = counts[i] ?? 0;
    const blocks = most <= BLOCKS ? count : Math.ceil((count / most) * BLOCKS);
    return drawLine(
      [
        { text: `  ${padText(label.trim(), 12, 'right')}  `, tone: 'dim' },
        { text: '█'.repeat(blocks), tone: i < 2 ? 'bad' : 'good' },
        { text: count === 0 ? '·' : ` ${formatCount(count)}`, tone: 'dim' },
      ],
      pane,
    );
  });
}

function rowFor(of: TradeFigures, isSelected: boolean, format: Format): Row {
  const tone = signTone(of.netMinor);
  return [
    { text: `${isSelected ? '> ' : '  '}${format.time(of.exitAt)}`, tone: isSelected ? 'strong' : 'dim' },
    of.symbol,
    of.direction === 'long' ? '▲' : '▼',
    formatCount(of.qty),
    format.price(of.symbol, of.entryPrice),
    format.price(of.symbol, of.exitPrice),
    wordsFor(of.exitReason),
    { text: format.signedMoney(of.netMinor), tone },
    { text: formatR(of.pnlR), tone },
    { text: of.strategy, tone: 'dim' },
  ];
}
