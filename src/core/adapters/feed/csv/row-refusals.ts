import { counted } from '../../../domain/counted.ts';
import type { TradekitError } from '../../../domain/error.ts';
import { BYTE } from './bytes.ts';
import type { Field } from './fields.ts';
import { quoted, refusal } from './refuse.ts';
import type { StampFormat } from './stamp-format.ts';

const { CR, LF, SPACE } = BYTE;

/** Where a row that cannot be read stands. */
type BadRow = { readonly path: string; readonly line: number };

/** A cell that is not what its column holds. */
export function cellRefusal(row: BadRow, field: Field, cell: string, stamp: StampFormat): TradekitError {
  if (field === 'stamp' || field === 'clock') {
    const what = field === 'stamp' ? 'date' : 'time of day';
    return refusal(
      row.path,
      row.line,
      `${quoted(cell)} is no ${what} like the first row's (${stamp.label}).`,
      STAMP_HINT,
    );
  }
  if (field === 'symbol')
    return refusal(row.path, row.line, 'the symbol is empty.', 'Mend the row or leave it out.');
  const noun = field === 'volume' ? 'no volume' : 'no price';
  return refusal(row.path, row.line, `${field} ${quoted(cell)} is ${noun}.`, numberHint(cell));
}

/** 1,103.15 and 1,03,000 part thousands and lakhs; 1,5 may be a decimal comma. */
function numberHint(cell: string): string {
  if (/^[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/.test(cell) && /,.*[,.]/.test(cell))
    return 'Thousands separators? Write numbers without them: 1103.15.';
  if (/^[+-]?\d+,\d{3}$/.test(cell))
    return 'A thousands separator or a decimal comma? Write 1103.15: nothing between thousands, decimals with a point.';
  if (/^[+-]?\d+,\d+$/.test(cell)) return 'A decimal comma? Write decimals with a point.';
  return 'Mend the row or leave it out: no candle is invented.';
}

const STAMP_HINT = 'All stamps of a file are written alike; mend the row or leave it out.';

export function widthRefusal(row: BadRow, cells: number, width: number): TradekitError {
  const hint =
    cells > width
      ? 'Decimal commas, or a delimiter within a cell? Try --delimiter.'
      : 'Is the file complete?';
  return refusal(
    row.path,
    row.line,
    `the row has ${counted(cells, 'cell')} where ${width} are expected.`,
    hint,
  );
}

/** Prices that no candle can have. */
export function priceRefusal(
  row: BadRow,
  prices: Readonly<Record<string, number>>,
  volume: number,
): TradekitError {
  const { high = Number.NaN, low = Number.NaN } = prices;
  const hint = 'Mend the row or leave it out: no candle is invented.';
  const bad = Object.entries(prices).find(([, price]) => !(price > 0));
  if (bad !== undefined) return refusal(row.path, row.line, `${bad[0]} "${bad[1]}" is not above 0.`, hint);
  if (high < low) return refusal(row.path, row.line, `high "${high}" is below low "${low}".`, hint);
  return refusal(row.path, row.line, `volume "${volume}" is below 0.`, hint);
}

/** The text of the cell that starts at `from`. */
export function cellText(bytes: Uint8Array, from: number, delimiter: number): string {
  let to = from;
  while (to < bytes.length && to < from + 200 && bytes[to] !== delimiter && bytes[to] !== LF) to++;
  while (to > from && (bytes[to - 1] === CR || bytes[to - 1] === SPACE)) to--;
  return new TextDecoder().decode(bytes.subarray(from, to));
}
