import { formatWindow } from '../../domain/rules/time-of-day.ts';
import { drawLine, drawParagraph } from '../line.ts';
import { formatSignedPct } from '../numbers.ts';
import { signTone } from '../style.ts';
import { type Column, drawTable, type Row } from '../table.ts';
import type { WatchFigures } from './figures.ts';
import type { Nearness } from './fold/nearest.ts';
import { type Format, formatFor } from './format.ts';
import { missingText } from './missing-text.ts';
import { drawHeading, inSight, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { listOf, rowOf } from './ui.ts';

/** Lines for the strategies of the selected symbol. */
const PANEL = 9;

const COLUMNS: readonly Column[] = [
  { title: '  symbol', align: 'left', flexible: true },
  { title: 'last', align: 'right' },
  { title: 'change', align: 'right' },
  { title: 'state', align: 'left' },
  { title: 'holds', align: 'right' },
  { title: 'nearest to firing', align: 'left', flexible: true },
];
/** Where there is room for it. */
const MISSING: Column = { title: 'missing', align: 'left', flexible: true };
const ROOMY = 120;

/** Every symbol, and of the selected one which strategies are nearest to firing and what they lack. */
export function drawWatch(shown: Shown, pane: Pane): readonly string[] {
  const { figures, fold, ui } = shown;
  const listed = new Set(listOf('watch', figures, ui.query).map(({ symbol }) => symbol));
  const watched = figures.watch.filter(({ symbol }) => listed.has(symbol));
  const selected = rowOf(ui, 'watch', watched.length);
  const format = formatFor(fold.settings);
  const height = Math.max(1, pane.height - PANEL - 1);
  const { from, items } = inSight(watched, selected, height);
  const rows = items.map((of, i) => rowFor(of, from + i === selected, format));
  const table = drawTable(pane.width < ROOMY ? COLUMNS : [...COLUMNS, MISSING], rows, pane);
  const panel = drawPanel(watched[selected], shown, { ...pane, height: pane.height - table.length });
  return [...table, ...panel];
}

function rowFor(of: WatchFigures, isSelected: boolean, format: Format): Row {
  const [first] = of.nearest;
  const mark = isSelected ? '> ' : '  ';
  const state = of.held ?? (of.locked ? 'locked' : 'free');
  return [
    { text: mark + of.symbol, tone: isSelected ? 'strong' : 'plain' },
    of.last === null ? '' : format.price(of.symbol, of.last),
    { text: formatSignedPct(of.changePct), tone: signTone(of.changePct) },
    { text: state, tone: of.held === null ? 'dim' : 'strong' },
    first === undefined ? '' : shareText(first),
    first === undefined ? '' : first.strategy,
    { text: first === undefined ? '' : lacksOf(first).join(' · '), tone: 'dim' },
  ];
}

function lacksOf({ missing, outside }: Nearness): readonly string[] {
  if (outside === undefined) return missing.map(missingText);
  return [`a candle inside its session ${formatWindow(outside)}`, ...missing.map(missingText)];
}

function shareText({ held, conditions }: Nearness): string {
  return `${held}/${conditions}`;
}

function drawPanel(of: WatchFigures | undefined, { figures, fold }: Shown, pane: Pane): readonly string[] {
  if (of === undefined) return [drawLine([{ text: '  no symbol fits', tone: 'dim' }], pane)];
  const format = formatFor(fold.settings);
  const isJudged = figures.nearestFrom === 'strategies';
  const title = `${of.symbol}: ${isJudged ? 'nearest to firing' : 'its last signal'}`;
  const none = isJudged
    ? 'no candle has been judged yet'
    : 'no signal yet; the strategies are not known here';
  const lines = of.nearest.flatMap((near) => drawNear(near, format, pane));
  const shown = lines.length === 0 ? [drawLine([{ text: `  ${none}`, tone: 'dim' }], pane)] : lines;
  return [drawHeading(title, pane), ...shown].slice(0, pane.height);
}

function drawNear(near: Nearness, format: Format, pane: Pane): readonly string[] {
  const { strategy, direction, timeframe, at } = near;
  const arrow = direction === 'long' ? '▲' : '▼';
  const head = drawLine(
    [
      `  ${shareText(near)} ${arrow} ${strategy}`,
      { text: `  ${timeframe} at ${format.time(at)}`, tone: 'dim' },
    ],
    pane,
  );
  const lacks = lacksOf(near);
  if (lacks.length === 0)
    return [head, drawLine(['      ', { text: 'all conditions hold', tone: 'good' }], pane)];
  return [head, ...drawParagraph({ text: '      lacks ', tone: 'dim' }, lacks.join(' · '), pane)];
}
