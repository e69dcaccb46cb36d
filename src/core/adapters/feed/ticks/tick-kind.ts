import type { Field } from '../csv/fields.ts';
import type { FileKind } from '../csv/layout.ts';
import { refusal } from '../csv/refuse.ts';
import { recogniseClock, recogniseStamp } from '../csv/stamp-format.ts';

/** A file of trades: time, price, and mostly symbol and size. */
export const TICKS: FileKind = {
  noun: 'tick',
  needed: ['price'],
  known: ['symbol', 'price', 'size'],
  headerless: (sample, told, dates) => {
    if (told.has('stamp') && told.has('price')) return new Map(told);
    const row = sample.rows[0] ?? [];
    throw refusal(
      sample.path,
      sample.firstLine,
      `there is no header, and nothing tells the price among its ${row.length} columns.`,
      `Say which is which, for instance: --columns ${example(row, dates)}`,
    );
  },
  otherKind: {
    header: /^(open|high|low|close)$/,
    aside: 'Candles are no ticks: a file of candles is read by --feed csv:FILE.',
  },
};

/** A `--columns` that fits this row, taking the first number behind the time for the price. */
function example(row: readonly string[], dates: 'dmy' | 'mdy' | undefined): string {
  const cells = row.map((cell) => cell.trim());
  const stampAt = cells.findIndex((cell) => recogniseStamp([cell], dates) !== undefined);
  if (stampAt < 0) return 'time=1,price=2,size=3';
  const hasClock =
    recogniseStamp([cells[stampAt] ?? ''], dates)?.hasTime === false &&
    recogniseClock(cells[stampAt + 1] ?? '') !== undefined;
  const fields: (Field | 'date' | 'time')[] = hasClock ? ['date', 'time'] : ['time'];
  const named = [...fields, 'price', 'size'].map((field, index) => `${field}=${stampAt + index + 1}`);
  return [...(stampAt > 0 ? ['symbol=1'] : []), ...named].slice(0, cells.length).join(',');
}
