import { formatTimeframe } from '../../domain/market/timeframe.ts';
import type { Structure } from '../../domain/structure/structure.ts';
import { drawLine, type Span } from '../line.ts';
import type { Tone } from '../style.ts';
import { textWidth } from '../text-width.ts';
import { type Canvas, createCanvas, drawCanvas } from './canvas.ts';
import type { Figures } from './figures.ts';
import type { TapeCandle } from './fold/candle-ring.ts';
import { type Format, formatFor } from './format.ts';
import { joinCandles, structureOf, vwapOf } from './frames.ts';
import { drawFitting, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { FRAME_FACTORS, listOf, rowOf } from './ui.ts';

/** A price with a name that goes through the whole chart. */
type Line = { readonly price: number; readonly name: string; readonly tone: Tone };

/** Prices by row, from the highest to the lowest. */
type Scale = { readonly high: number; readonly low: number; readonly rows: number };

const NAME_WIDTH = 7;
/** Columns between the names of two times. */
const TIME_EVERY = 12;

/** Candles of the chosen symbol with what matters for its trade: entry, stop, target, VWAP, untaken levels, open gaps. */
export function drawChart(shown: Shown, pane: Pane): readonly string[] {
  const { figures, fold, ui } = shown;
  const list = listOf('chart', figures, ui.query);
  const symbol = list[rowOf(ui, 'chart', list.length)]?.symbol;
  if (symbol === undefined) return [drawLine([{ text: '  no symbol fits', tone: 'dim' }], pane)];
  const format = formatFor(fold.settings);
  const timeframeMs = fold.settings.baseTimeframeMs * (FRAME_FACTORS[ui.frame] ?? 1);
  const candles = joinCandles(fold.tape.candles(fold.slotOf(symbol)), timeframeMs);
  const title = drawTitle(symbol, formatTimeframe(timeframeMs), shown, format, pane);
  const last = candles.at(-1);
  if (last === undefined) return [title, drawLine([{ text: '  no candle yet', tone: 'dim' }], pane)];
  const axis = NAME_WIDTH + 2 + textWidth(format.price(symbol, last.high));
  const columns = Math.max(10, pane.width - axis);
  const seen = candles.slice(-columns);
  const rows = Math.max(4, pane.height - 3);
  const lines = [...linesOf(symbol, figures), { price: last.close, name: 'last', tone: 'strong' } as const];
  const scale = scaleOf(seen, lines, rows);
  const canvas = createCanvas(columns, rows);
  const tick = fold.settings.instruments[fold.slotOf(symbol)]?.tick ?? 0;
  drawCandles(canvas, seen, scale);
  drawVwap(canvas, vwapOf(candles).slice(-columns), scale);
  for (const { price, tone } of lines) drawAcross(canvas, price, scale, columns, '┄', tone);
  const structure = structureOf(candles, tick);
  drawLevels(canvas, structure, scale, columns);
  drawGaps(canvas, structure, seen, scale, columns);
  const labels = labelsOf(lines, scale, symbol, format);
  return [
    title,
    ...drawCanvas(canvas, rows, (row) => labels.get(row) ?? '', pane),
    drawTimes(seen, format, pane),
    drawLegend(pane),
  ];
}

function drawTitle(
  symbol: string,
  timeframe: string,
  { figures }: Shown,
  format: Format,
  pane: Pane,
): string {
  const watched = figures.watch.find((of) => of.symbol === symbol);
  const last = watched?.last == null ? 'no price yet' : format.price(symbol, watched.last);
  return drawFitting(
    [
      { text: `${symbol}  ${timeframe}`, tone: 'title' },
      `  last ${last}`,
      { text: '   ↑↓ symbol  ←→ timeframe', tone: 'dim' },
    ],
    1,
    pane,
  );
}

/** Of the position, else of the order, else of today's last trade in the symbol. */
function linesOf(symbol: string, { positions, orders, trades }: Figures): readonly Line[] {
  const position = positions.find((of) => of.symbol === symbol);
  const order = orders.find((of) => of.symbol === symbol);
  const trade = trades.findLast((of) => of.symbol === symbol);
  const line = (name: string, price: number | null, tone: Tone): readonly Line[] =>
    price === null ? [] : [{ name, price, tone }];
  const open = position ?? order;
  if (open !== undefined) {
    const entry = position?.entryPrice ?? order?.price ?? null;
    return [
      ...line('entry', entry, 'title'),
      ...line('stop', open.stop, 'bad'),
      ...line('target', open.target, 'good'),
    ];
  }
  if (trade === undefined) return [];
  return [...line('entry', trade.entryPrice, 'title'), ...line('exit', trade.exitPrice, 'warn')];
}

function scaleOf(candles: readonly TapeCandle[], lines: readonly Line[], rows: number): Scale {
  const prices = lines.map(({ price }) => price);
  const high = Math.max(...candles.map((of) => of.high), ...prices);
  const low = Math.min(...candles.map((of) => of.low), ...prices);
  return { high, low, rows };
}

/** The row of a price; outside the chart one that no canvas has. */
function rowAt(price: number, { high, low, rows }: Scale): number {
  return high === low ? Math.floor(rows / 2) : Math.round(((high - price) / (high - low)) * (rows - 1));
}

/** A body of full blocks rises, one of shaded blocks falls: it reads without colour. */
function drawCandles(canvas: Canvas, candles: readonly TapeCandle[], scale: Scale): void {
  for (const [column, { open, high, low, close }] of candles.entries()) {
    const rises = close >= open;
    const tone: Tone = rises ? 'good' : 'bad';
    for (let row = rowAt(high, scale); row <= rowAt(low, scale); row += 1) canvas.put(column, row, '│', tone);
    const top = rowAt(Math.max(open, close), scale);
    const bottom = rowAt(Math.min(open, close), scale);
    for (let row = top; row <= bottom; row += 1) canvas.put(column, row, rises ? '█' : '▒', tone);
  }
}

function drawVwap(canvas: Canvas, vwap: readonly number[], scale: Scale): void {
  for (const [column, price] of vwap.entries()) {
    if (!Number.isNaN(price)) canvas.under(column, rowAt(price, scale), '•', 'warn');
  }
}

function drawAcross(
  canvas: Canvas,
  price: number,
  scale: Scale,
  columns: number,
  character: string,
  tone: Tone,
): void {
  const row = rowAt(price, scale);
  for (let column = 0; column < columns; column += 1) canvas.under(column, row, character, tone);
}

function drawLevels(canvas: Canvas, structure: Structure, scale: Scale, columns: number): void {
  const levels = [...structure.untakenLevels(1), ...structure.untakenLevels(-1)];
  for (const { level } of levels) drawAcross(canvas, level, scale, columns, '╌', 'dim');
}

/** From the candle that left it on. */
function drawGaps(
  canvas: Canvas,
  structure: Structure,
  candles: readonly TapeCandle[],
  scale: Scale,
  columns: number,
): void {
  for (const { formedAt, top, bottom } of [...structure.openGaps(1), ...structure.openGaps(-1)]) {
    const from = candles.findIndex(({ openAt }) => openAt >= formedAt);
    if (from === -1) continue;
    for (let row = rowAt(top, scale); row <= rowAt(bottom, scale); row += 1) {
      for (let column = from; column < columns; column += 1) canvas.under(column, row, '░', 'dim');
    }
  }
}

/** Names and prices behind their rows; of two in one row the more important one, which is drawn last. */
function labelsOf(
  lines: readonly Line[],
  scale: Scale,
  symbol: string,
  format: Format,
): ReadonlyMap<number, Span> {
  const edges: readonly Line[] = [
    { price: scale.high, name: '', tone: 'dim' },
    { price: scale.low, name: '', tone: 'dim' },
  ];
  return new Map(
    [...edges, ...lines.toReversed()].map(({ price, name, tone }) => [
      rowAt(price, scale),
      { text: ` ${name.padEnd(NAME_WIDTH)}${format.price(symbol, price)}`, tone },
    ]),
  );
}

function drawTimes(candles: readonly TapeCandle[], format: Format, pane: Pane): string {
  let text = '';
  for (const [column, { openAt }] of candles.entries()) {
    if (column % TIME_EVERY === 0) text = `${text.padEnd(column)}${format.time(openAt)}`;
  }
  return drawLine([{ text, tone: 'dim' }], pane);
}

function drawLegend(pane: Pane): string {
  const text = '█ up  ▒ down  • VWAP  ╌ level  ░ gap  ┄ entry, stop, target, last';
  return drawLine([{ text, tone: 'dim' }], pane);
}
