import type { TradekitError } from '../../../domain/error.ts';
import { nearestName } from '../../../domain/nearest.ts';
import { FIELD_NAMES, type Field, plainName } from './fields.ts';
import { looksLikeHeader } from './headerless.ts';
import { listed, refusal } from './refuse.ts';
import type { Sample } from './sample.ts';
import { recogniseStamp } from './stamp-format.ts';

/** A field as `--columns` calls it. */
export type MissingField = Exclude<Field, 'stamp' | 'clock'> | 'date';

/**
 * Refuses a header in which columns are not found: all of them at once, with the flag that would name them, filled in
 * where a header that nobody else has claimed is like one that is known.
 */
export function missingColumns(
  missing: readonly MissingField[],
  claimed: ReadonlySet<number>,
  sample: Sample,
  aside: string,
): TradekitError {
  const header = sample.rows[0] ?? [];
  const sentence = `there is no column for ${missing.join(', ')}. Columns found: ${listed(header)}.`;
  return refusal(
    sample.path,
    sample.firstLine,
    sentence,
    noTable(sample) ?? titleLine(sample) ?? namingHint(missing, claimed, sample, aside),
  );
}

/** Fewer columns than a time and a price need, and no number below: prose, a log, a web page. */
function noTable({ rows }: Sample): string | undefined {
  const wide = rows.some((row) => row.length > 1 && !looksLikeHeader(row));
  return wide
    ? undefined
    : 'It does not look like CSV: is it the right file? Or does --delimiter part its cells?';
}

/** A line above the header: the next one has names that are known. */
function titleLine({ rows, firstLine }: Sample): string | undefined {
  const [first = [], second = []] = rows;
  if (!looksLikeHeader(second) || knownNames(second) < 3 || knownNames(first) >= knownNames(second))
    return undefined;
  return `Is line ${firstLine} a title? The next line looks like the header: take away what stands above it.`;
}

function knownNames(cells: readonly string[]): number {
  const known = new Set(Object.values(FIELD_NAMES).flat());
  return cells.map(plainName).filter((name) => name !== '' && known.has(name)).length;
}

function namingHint(
  missing: readonly MissingField[],
  claimed: ReadonlySet<number>,
  sample: Sample,
  aside: string,
): string {
  const left = new Set((sample.rows[0] ?? []).keys());
  for (const at of claimed) left.delete(at);
  const named = missing.map((field) => {
    const at = likeliest(field, left, sample);
    if (at === undefined) return `${field}=…`;
    left.delete(at);
    return `${field}=${shellWord(sample.rows[0]?.[at] ?? '', at)}`;
  });
  return `Name them, by header or by number from 1: --columns ${named.join(',')}${aside === '' ? '' : `.${aside}`}`;
}

/** For a date the column whose cells are dates; else the header that is most like a known one. */
function likeliest(field: MissingField, left: ReadonlySet<number>, { rows }: Sample): number | undefined {
  const [header = [], ...below] = rows;
  const free = [...left];
  if (field === 'date') {
    const cells = (at: number) => below.map((row) => (row[at] ?? '').trim());
    return free.find((at) => recogniseStamp(cells(at)) !== undefined);
  }
  const holdsText = (at: number) => looksLikeHeader([below[0]?.[at] ?? '']);
  const candidates = free.filter((at) => field === 'symbol' || !holdsText(at));
  const longNames = FIELD_NAMES[field].filter((name) => name.length > 2);
  return (
    candidates.find((at) => longNames.some((name) => plainName(header[at] ?? '').includes(name))) ??
    candidates.find((at) => nearestName(plainName(header[at] ?? ''), longNames) !== undefined) ??
    candidates.find((at) => plainName(header[at] ?? '').startsWith(field[0] ?? ''))
  );
}

/** A header as a shell takes it, or the number of one that a flag cannot hold. */
function shellWord(header: string, at: number): string {
  const name = header.trim();
  if (/^[\w.-]+$/.test(name)) return name;
  return name === '' || /[",=$`\\\p{Cc}]/u.test(name) ? `${at + 1}` : `"${name}"`;
}
