import type { TradekitError } from '../../../domain/error.ts';
import { type Field, PRICE_FIELDS } from './fields.ts';
import { refusal } from './refuse.ts';
import type { Sample } from './sample.ts';
import { recogniseClock, recogniseStamp } from './stamp-format.ts';

type Rows = Sample['rows'];

/** A row is a header when none of its cells is a number or a date. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return cells.every((cell) => !isNumber(cell) && recogniseStamp([cell.trim()]) === undefined);
}

/**
 * Columns of a file without a header: as told, or by its shape where that is beyond doubt, which is a stamp (one column
 * or two), four prices that fit open, high, low, close in every row of the sample, a volume or nothing, and no more.
 *
 * @throws TradekitError DATA with a `--columns` that would work on this very file
 */
export function headerlessPositions(
  sample: Sample,
  told: ReadonlyMap<Field, number>,
  dates: 'dmy' | 'mdy' | undefined,
): Map<Field, number> {
  if (told.size > 0) return toldPositions(sample, told, dates);
  const guess = guessPositions(sample.rows, dates);
  if (guess === undefined || !guess.certain) throw askForColumns(sample, guess?.positions);
  return guess.positions;
}

function toldPositions(
  sample: Sample,
  told: ReadonlyMap<Field, number>,
  dates: 'dmy' | 'mdy' | undefined,
): Map<Field, number> {
  const complete = told.has('stamp') && PRICE_FIELDS.every((field) => told.has(field));
  if (!complete) throw askForColumns(sample, guessPositions(sample.rows, dates)?.positions);
  return new Map(told);
}

function guessPositions(
  rows: Rows,
  dates: 'dmy' | 'mdy' | undefined,
): { readonly positions: Map<Field, number>; readonly certain: boolean } | undefined {
  const first = rows[0] ?? [];
  const stampAt = first.findIndex((cell) => recogniseStamp([cell.trim()], dates) !== undefined);
  if (stampAt < 0) return undefined;
  const positions = new Map<Field, number>();
  if (stampAt > 0 && !isNumber(first[0] ?? '')) positions.set('symbol', 0);
  positions.set('stamp', stampAt);
  const dateOnly = recogniseStamp([(first[stampAt] ?? '').trim()], dates)?.hasTime === false;
  const hasClock =
    dateOnly && recogniseClock((first[stampAt + 1] ?? '').trim()) !== undefined && !isPrice(first, stampAt);
  if (hasClock) positions.set('clock', stampAt + 1);
  const open = stampAt + (hasClock ? 2 : 1);
  PRICE_FIELDS.forEach((field, index) => {
    positions.set(field, open + index);
  });
  const width = first.length;
  if (width > open + 4) positions.set('volume', open + 4);
  if (open + 4 > width || !first.slice(open, open + 4).every(isNumber)) return undefined;
  const certain = stampAt === 0 && width <= open + 5 && rows.every((row) => fitsPrices(row, open));
  return {
    positions,
    certain: certain && (width === open + 4 || !rows.every((row) => volumeIsPrice(row, open))),
  };
}

/** 1015 could be a quarter past ten or a price: with five numbers behind the date it is a price. */
function isPrice(row: readonly string[], stampAt: number): boolean {
  return !(row[stampAt + 1] ?? '').includes(':') && row.length - stampAt - 1 < 5;
}

function fitsPrices(row: readonly string[], at: number): boolean {
  const [open = Number.NaN, high = Number.NaN, low = Number.NaN, close = Number.NaN] = row
    .slice(at, at + 4)
    .map(Number);
  return high >= Math.max(open, close) && low <= Math.min(open, close) && low > 0;
}

/** A sixth column within the candle's own range may as well be an adjusted close. */
function volumeIsPrice(row: readonly string[], open: number): boolean {
  const value = Number(row[open + 4]);
  return value >= Number(row[open + 2]) / 2 && value <= Number(row[open + 1]) * 2;
}

function askForColumns(sample: Sample, guess: ReadonlyMap<Field, number> | undefined): TradekitError {
  const width = sample.rows[0]?.length ?? 0;
  const sentence = `there is no header, and its ${width} columns can be read in more than one way.`;
  if (guess !== undefined) {
    const example = [...guess].map(([field, at]) => `${flagName(field, guess)}=${at + 1}`).join(',');
    return refusal(
      sample.path,
      sample.firstLine,
      sentence,
      `Say which is which, for instance: --columns ${example}`,
    );
  }
  const noDate = `there is no header, and no column of the first row holds a date (${sample.rows[0]?.slice(0, 8).join(', ')}).`;
  const hint =
    'A candle needs its date: put it in a column, then --columns date=1,open=2,high=3,low=4,close=5';
  return refusal(sample.path, sample.firstLine, noDate, hint);
}

/** The stamp is called `time` on the command line, or `date` where a clock stands beside it. */
function flagName(field: Field, guess: ReadonlyMap<Field, number>): string {
  if (field === 'stamp') return guess.has('clock') ? 'date' : 'time';
  return field === 'clock' ? 'time' : field;
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}
