import type { BacktestResult, DataSummary } from '../../domain/performance/result.ts';
import { formatMinute } from '../clock.ts';
import { drawParagraph } from '../line.ts';
import { formatCount, formatCounted, NONE } from '../numbers.ts';
import { type Said, sayOnce } from '../same-said.ts';
import type { Style } from '../style.ts';
import { type Column, cutRows, drawStacked, type Row } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'symbol', align: 'left', flexible: true },
  { title: 'rows', align: 'right' },
  { title: 'used', align: 'right' },
  { title: 'dropped', align: 'right' },
  { title: 'sorted', align: 'right' },
  { title: 'missing', align: 'right' },
  { title: 'sessions', align: 'right' },
  { title: 'from', align: 'left' },
  { title: 'to', align: 'left', joined: true },
];

const MOST_SYMBOLS = 12;
const MOST_NOTES = 6;

/** What was read, dropped and sorted, symbol by symbol, and why. */
export function drawData({ data, zone }: BacktestResult, style: Style): readonly string[] {
  const rows = data.map((of) => rowOf(of, zone));
  const readings = data.flatMap(({ files }) =>
    files.map(({ path, reading }) => ({ name: path, text: reading })),
  );
  const notes = [...sayOnce(readings), ...sayOnce(data.flatMap(notesOf))];
  const shown = notes.slice(0, MOST_NOTES);
  if (notes.length > shown.length) shown.push(`and ${notes.length - shown.length} more notes`);
  return [
    ...drawStacked(COLUMNS, cutRows(rows, MOST_SYMBOLS), style),
    ...shown.flatMap((text) => drawParagraph({ text: '  · ', tone: 'dim' }, { text, tone: 'dim' }, style)),
  ];
}

function rowOf(of: DataSummary, zone: string): Row {
  return [
    of.symbol,
    formatCount(of.rows),
    formatCount(of.candles),
    formatCount(of.duplicates + of.outsideSessions + of.outsideRange),
    formatCount(of.outOfOrder),
    formatCount(of.missingCandles),
    formatCount(of.sessions),
    of.firstAt === null ? NONE : formatMinute(zone, of.firstAt),
    of.lastAt === null ? NONE : formatMinute(zone, of.lastAt),
  ];
}

function notesOf({ symbol, duplicates, outsideSessions, outsideRange, notes }: DataSummary): readonly Said[] {
  const dropped = [
    ...(duplicates > 0 ? [formatCounted(duplicates, 'exact duplicate')] : []),
    ...(outsideSessions > 0 ? [`${formatCount(outsideSessions)} outside sessions`] : []),
    ...(outsideRange > 0 ? [`${formatCount(outsideRange)} outside --from and --to`] : []),
  ];
  const texts = dropped.length === 0 ? notes : [`dropped ${dropped.join(', ')}`, ...notes];
  return texts.map((text) => ({ name: symbol, text }));
}
