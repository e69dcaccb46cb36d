import type { TradekitError } from '../../../domain/error.ts';
import { applyColumnsFlag } from './columns-flag.ts';
import { CLOCK_NAMES, FIELD_NAMES, type Field, PRICE_FIELDS, plainName } from './fields.ts';
import { headerlessPositions, looksLikeHeader } from './headerless.ts';
import { missingColumns } from './missing-columns.ts';
import { quoted, refusal } from './refuse.ts';
import type { Sample } from './sample.ts';
import { recogniseClock, recogniseStamp, type StampFormat } from './stamp-format.ts';

/** Which column holds what, and how its stamps are written. */
export type Layout = {
  readonly header: readonly string[] | undefined;
  /** Cells in a row. */
  readonly width: number;
  /** Column of each field, from 0. */
  readonly positions: ReadonlyMap<Field, number>;
  readonly stamp: StampFormat;
  readonly clock: { readonly hasOffset: boolean; readonly label: string } | undefined;
};

/** What a file is of: the columns it must have, those it may have, and how they are told without a header. */
export type FileKind = {
  /** One row of it. */
  readonly noun: 'candle' | 'tick';
  readonly needed: readonly Exclude<Field, 'stamp' | 'clock'>[];
  readonly known: readonly Exclude<Field, 'stamp' | 'clock'>[];
  readonly headerless: (
    sample: Sample,
    told: ReadonlyMap<Field, number>,
    dates: 'dmy' | 'mdy' | undefined,
  ) => Map<Field, number>;
  /** A header that shows that the file is of the other kind, and what to do then. */
  readonly otherKind: { readonly header: RegExp; readonly aside: string };
};

const CANDLES: FileKind = {
  noun: 'candle',
  needed: PRICE_FIELDS,
  known: ['symbol', ...PRICE_FIELDS, 'volume'],
  headerless: headerlessPositions,
  otherKind: {
    header: /^(bid|ask|price)$/,
    aside: 'Ticks are no candles: a file of ticks is read by --feed ticks:FILE.',
  },
};

type LayoutFlags = {
  readonly columns?: Readonly<Record<string, string | number>> | undefined;
  readonly dates?: 'dmy' | 'mdy' | undefined;
};

/**
 * Finds the columns: by `--columns`, by the header's names, or by the one shape that needs no header.
 *
 * @throws TradekitError DATA with the columns found and the flag that would help; CONFIG for a flag that fits nothing
 */
export function findLayout(sample: Sample, flags: LayoutFlags, kind: FileKind = CANDLES): Layout {
  const { header, rows } = splitHeader(sample);
  const width = header?.length ?? rows[0]?.length ?? 0;
  const told = applyColumnsFlag(flags.columns ?? {}, header, width, sample.path);
  if (rows.length === 0) {
    const hint = `Is it the right file, and is it whole? Below the header belongs a row for each ${kind.noun}.`;
    throw refusal(sample.path, sample.firstLine, `holds a header and no ${kind.noun}.`, hint);
  }
  const positions =
    header === undefined
      ? kind.headerless(sample, told, flags.dates)
      : namedPositions(header, told, sample, kind);
  if (header !== undefined) timeBesideDate(positions, rows);
  const stampAt = positions.get('stamp') ?? findStamp(header ?? [], rows, sample, flags, kind);
  positions.set('stamp', stampAt);
  const stamp = stampOf(rows, stampAt, sample, flags, header);
  const clock = clockOf(rows, positions, stamp, header);
  if (clock !== undefined) positions.set('clock', clock.at);
  return { header, width, positions, stamp, clock };
}

function splitHeader(sample: Sample): { header: readonly string[] | undefined; rows: Sample['rows'] } {
  const [first, ...rest] = sample.rows;
  if (first === undefined) throw refusal(sample.path, undefined, 'is empty.');
  return looksLikeHeader(first) ? { header: first, rows: rest } : { header: undefined, rows: sample.rows };
}

/** `--columns time=Uhrzeit` in a file whose date stands in a column of a usual name: a clock, not the stamp. */
function timeBesideDate(positions: Map<Field, number>, rows: Sample['rows']): void {
  const at = positions.get('stamp');
  const cell = at === undefined ? '' : (rows[0]?.[at] ?? '').trim();
  if (at === undefined || positions.has('clock') || recogniseClock(cell) === undefined) return;
  if (recogniseStamp([cell]) !== undefined) return;
  positions.delete('stamp');
  positions.set('clock', at);
}

/** Columns by name; what `--columns` told comes first. */
function namedPositions(
  header: readonly string[],
  told: ReadonlyMap<Field, number>,
  sample: Sample,
  kind: FileKind,
): Map<Field, number> {
  const positions = new Map(told);
  const names = header.map(plainName);
  for (const field of kind.known) {
    if (positions.has(field)) continue;
    const name = FIELD_NAMES[field].find((known) => names.includes(known));
    if (name === undefined) continue;
    if (names.indexOf(name) !== names.lastIndexOf(name))
      throw twice(field, header, names.indexOf(name), sample);
    positions.set(field, names.indexOf(name));
  }
  const missing = kind.needed.filter((field) => !positions.has(field));
  const hasDate = positions.has('stamp') || names.some((name) => FIELD_NAMES.stamp.includes(name));
  if (missing.length > 0 || !hasDate) {
    const all = hasDate ? missing : (['date', ...missing] as const);
    throw missingColumns(all, new Set(positions.values()), sample, asideOf(header, kind));
  }
  return positions;
}

function twice(field: Field, header: readonly string[], at: number, sample: Sample): TradekitError {
  const sentence = `column ${quoted(header[at] ?? '')} stands there twice.`;
  return refusal(
    sample.path,
    sample.firstLine,
    sentence,
    `Say which, by number: --columns ${field}=${at + 1}`,
  );
}

/** Hints at the other kind of file where the header has its columns. */
function asideOf(header: readonly string[], { otherKind }: FileKind): string {
  return header.some((name) => otherKind.header.test(plainName(name))) ? ` ${otherKind.aside}` : '';
}

/** The likeliest stamp column whose cells are dates. */
function findStamp(
  header: readonly string[],
  rows: Sample['rows'],
  sample: Sample,
  flags: LayoutFlags,
  kind: FileKind,
): number {
  const names = header.map(plainName);
  const candidates = FIELD_NAMES.stamp.map((name) => names.indexOf(name)).filter((at) => at >= 0);
  const found = candidates.find((at) => recogniseStamp(cellsOf(rows, at), flags.dates) !== undefined);
  if (found !== undefined) return found;
  const first = candidates[0];
  if (first === undefined) throw missingColumns(['date'], new Set(), sample, asideOf(header, kind));
  throw noDate(rows, first, sample, header);
}

function stampOf(
  rows: Sample['rows'],
  at: number,
  sample: Sample,
  flags: LayoutFlags,
  header: readonly string[] | undefined,
): StampFormat {
  const format = recogniseStamp(cellsOf(rows, at), flags.dates);
  if (format === undefined) throw noDate(rows, at, sample, header);
  return format;
}

function noDate(
  rows: Sample['rows'],
  at: number,
  sample: Sample,
  header: readonly string[] | undefined,
): TradekitError {
  const cell = rows[0]?.[at] ?? '';
  const line = sample.firstLine + (header === undefined ? 0 : 1);
  const column = header === undefined ? `column ${at + 1}` : `column ${quoted(header[at] ?? '')}`;
  return refusal(
    sample.path,
    line,
    `${column} holds ${quoted(cell)}, which is no date known here.`,
    'Known: 2015-07-06 09:16[:00][+05:30], 20150706 091600, 2015.07.06, 06-07-2015, 06/07/2015, 6-Jul-15, epoch in s, ms or us. ' +
      'If the date stands in another column: --columns date=…,time=…',
  );
}

function clockOf(
  rows: Sample['rows'],
  positions: ReadonlyMap<Field, number>,
  stamp: StampFormat,
  header: readonly string[] | undefined,
): (NonNullable<Layout['clock']> & { readonly at: number }) | undefined {
  const names = (header ?? []).map(plainName);
  const named = stamp.hasTime
    ? undefined
    : CLOCK_NAMES.map((name) => names.indexOf(name)).find((at) => at >= 0);
  const at = positions.get('clock') ?? named;
  if (at === undefined || at === positions.get('stamp')) return undefined;
  const clock = recogniseClock(rows[0]?.[at]?.trim() ?? '');
  return clock === undefined ? undefined : { ...clock, at };
}

function cellsOf(rows: Sample['rows'], at: number): readonly string[] {
  return rows.map((row) => (row[at] ?? '').trim());
}
