import { takenAtOf } from '../../domain/mse/study/sight.ts';
import type { Study } from '../../domain/mse/study/study.ts';
import { formedAtOf } from '../../domain/structure/objects.ts';
import { drawLine } from '../line.ts';
import type { Style, Tone } from '../style.ts';
import { colourOf, glyphsOf } from './candle-glyphs.ts';
import { type Canvas, createCanvas } from './canvas.ts';
import { type Frame, frameOf } from './frame.ts';
import { isOrder } from './levels.ts';
import { priceAxis } from './price-axis.ts';
import { timeAxis } from './time-axis.ts';

/** Rows of the plot with their prices, and the lines of time below it. */
export type Picture = { readonly plot: readonly string[]; readonly axis: readonly string[] };

/** The last candles with everything the engine sees in them. Signs say it all; colour repeats them. */
export function drawPicture(study: Study, zone: string, style: Style): Picture {
  const frame = frameOf(study, style);
  const canvas = createCanvas(frame.scale.rows, frame.columns);
  drawCandles(frame, canvas);
  drawSwept(study, frame, canvas);
  drawSwings(study, frame, canvas);
  drawBreak(study, frame, canvas);
  drawOrders(frame, canvas);
  drawLevels(frame, canvas);
  drawVwap(frame, canvas);
  drawGaps(study, frame, canvas);
  const prices = priceAxis(study, frame);
  const plot = prices.map((price, row) => drawLine([...canvas.line(row), ...price], style));
  return { plot, axis: timeAxis(frame, zone).map((spans) => drawLine(spans, style)) };
}

const CANDLE_TONES: Readonly<Record<1 | -1 | 0, Tone>> = { 1: 'good', '-1': 'bad', 0: 'plain' };

function drawCandles({ candles, scale, columnOf }: Frame, canvas: Canvas): void {
  for (const [index, candle] of candles.entries()) {
    const tone = CANDLE_TONES[colourOf(candle)];
    for (const { row, character } of glyphsOf(candle, scale))
      canvas.put(row, columnOf(index), character, tone);
  }
}

/** A cross beyond the wick that took the orders. */
function drawSwept({ taken }: Study, { candles, scale, columnOf }: Frame, canvas: Canvas): void {
  for (const level of taken) {
    const index = candles.findIndex(({ closedAt }) => closedAt === takenAtOf(level));
    const candle = candles[index];
    if (level.sweptAt === undefined || candle === undefined) continue;
    const extreme = level.dir === 1 ? candle.high : candle.low;
    canvas.write(scale.row(extreme) - level.dir, columnOf(index), '×', 'warn');
  }
}

/** HH, HL, LH or LL beyond the candle, as near as there is room; H or L for the first of its side. */
function drawSwings({ swings }: Study, { candles, scale, columnOf }: Frame, canvas: Canvas): void {
  for (const { dir, level, formedAt, label } of swings) {
    const index = candles.findIndex(({ openAt }) => openAt === formedAt);
    if (index === -1) continue;
    const text = label ?? (dir === 1 ? 'H' : 'L');
    writeNear(canvas, scale.row(level), columnOf(index), -dir, text);
  }
}

function writeNear(canvas: Canvas, row: number, column: number, step: number, text: string): void {
  for (const away of [1, 2, 3]) {
    for (const shift of [0, -1]) {
      if (canvas.write(row + away * step, column + shift, text, 'title')) return;
    }
  }
}

/** From the swing to the candle that closed beyond it. */
function drawBreak(
  { lastBreak }: Study,
  { candles, scale, columnAt, columnOf }: Frame,
  canvas: Canvas,
): void {
  if (lastBreak === undefined || !scale.shows(lastBreak.level)) return;
  const until = candles.findIndex(({ openAt }) => openAt === lastBreak.formedAt);
  if (until === -1) return;
  const row = scale.row(lastBreak.level);
  const from = columnAt(formedAtOf(lastBreak.swing) ?? 0);
  const to = columnOf(until);
  for (let column = to - lastBreak.tag.length; column > from; column -= 1) {
    if (canvas.write(row, column, lastBreak.tag, 'title')) break;
  }
  for (let column = from; column <= to; column += 1) canvas.putUnder(row, column, '┈', 'title');
}

function drawOrders({ lines, scale, ahead, columns }: Frame, canvas: Canvas): void {
  for (const { price, character, tone } of lines.filter((line) => isOrder(line) && scale.shows(line.price))) {
    for (let column = ahead; column < columns; column += 1) {
      if (canvas.isFree(scale.row(price), column)) canvas.put(scale.row(price), column, character, tone);
    }
  }
}

function drawLevels({ lines, scale, columnAt, columns }: Frame, canvas: Canvas): void {
  for (const { fromAt, price, character, tone } of lines) {
    if (fromAt === undefined || !scale.shows(price)) continue;
    for (let column = columnAt(fromAt); column < columns; column += 1) {
      canvas.putUnder(scale.row(price), column, character, tone);
    }
  }
}

function drawVwap({ candles, scale, columnOf }: Frame, canvas: Canvas): void {
  for (const [index, { vwap }] of candles.entries()) {
    if (vwap !== undefined && scale.shows(vwap))
      canvas.putUnder(scale.row(vwap), columnOf(index), '•', 'title');
  }
}

/** A gap taller than this share of the chart would hide everything else. */
const TALLEST_GAP = 0.3;

function drawGaps({ openGaps }: Study, { scale, columnAt, ahead }: Frame, canvas: Canvas): void {
  for (const { top, bottom, formedAt } of openGaps) {
    const [from, to] = [scale.row(top), scale.row(bottom)];
    const isShown = scale.shows(top) && scale.shows(bottom) && to - from < TALLEST_GAP * scale.rows;
    if (!isShown) continue;
    for (let row = from; row <= to; row += 1) {
      for (let column = columnAt(formedAt); column < ahead; column += 1)
        canvas.putUnder(row, column, '░', 'dim');
    }
  }
}
