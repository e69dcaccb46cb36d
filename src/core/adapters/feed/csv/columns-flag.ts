import { TradekitError } from '../../../domain/error.ts';
import { nearestNames } from '../../../domain/nearest.ts';
import { COLUMN_FLAG_FIELDS, type Field, plainName } from './fields.ts';
import { listed, quoted } from './refuse.ts';

/**
 * `--columns symbol=id,open=3` as positions from 0. `time` alone is the stamp; beside `date` it is the time of day.
 *
 * @throws TradekitError CONFIG for an unknown field, a header that is not there, a number beyond the columns
 */
export function applyColumnsFlag(
  columns: Readonly<Record<string, string | number>>,
  header: readonly string[] | undefined,
  width: number,
  path: string,
): ReadonlyMap<Field, number> {
  const entries = Object.entries(columns).map(([name, column]) => [plainName(name), column] as const);
  const hasDate = entries.some(([name]) => name === 'date');
  const positions = new Map<Field, number>();
  for (const [name, column] of entries) {
    positions.set(fieldOf(name, hasDate), positionOf(name, column, header, width, path));
  }
  return positions;
}

function fieldOf(name: string, hasDate: boolean): Field {
  if (name === 'date') return 'stamp';
  if (name === 'time') return hasDate ? 'clock' : 'stamp';
  const known = COLUMN_FLAG_FIELDS.find((field) => field === name);
  if (known !== undefined && known !== 'date' && known !== 'time') return known;
  const near = nearestNames(name, COLUMN_FLAG_FIELDS);
  throw new TradekitError('CONFIG', `--columns knows no field ${quoted(name)}.`, {
    hint:
      near.length > 0 ? `Did you mean ${listed(near)}?` : `Known fields: ${COLUMN_FLAG_FIELDS.join(', ')}.`,
  });
}

function positionOf(
  field: string,
  column: string | number,
  header: readonly string[] | undefined,
  width: number,
  path: string,
): number {
  const byName = header === undefined ? -1 : headerPosition(header, String(column));
  if (byName >= 0) return byName;
  const number = Number(column);
  if (Number.isInteger(number) && number >= 1 && number <= width) return number - 1;
  const near = nearestNames(String(column), header ?? []);
  const found =
    header === undefined
      ? `It has no header and ${width} columns: use numbers from 1.`
      : `Columns found: ${listed(header)}.`;
  throw new TradekitError(
    'CONFIG',
    `${path}: --columns ${field}=${column}: there is no column ${quoted(String(column))}.`,
    {
      hint: near.length > 0 ? `Did you mean ${listed(near)}? ${found}` : found,
    },
  );
}

/** Exactly as written, else with case and decoration aside. */
function headerPosition(header: readonly string[], name: string): number {
  const exact = header.indexOf(name);
  return exact >= 0 ? exact : header.map(plainName).indexOf(plainName(name));
}
