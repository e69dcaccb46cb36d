import { sayUnknownDates } from '../../../domain/market/unknown-dates.ts';
import type { FileReport } from '../../../ports/candle-files.ts';
import { delimiterName } from './delimiter.ts';
import { plainName } from './fields.ts';
import type { Layout } from './layout.ts';
import type { OutsideRows } from './outside-rows.ts';
import type { SortedFile } from './prepare-file.ts';
import type { ReadContext } from './read-context.ts';
import { listed, quoted } from './refuse.ts';

const MANY_OUTSIDE = 0.3;

/** How one file was read, with what a trader should know before believing the result. */
export function fileReport(
  file: SortedFile,
  reading: Pick<FileReport, 'stamps' | 'stampsFrom'>,
  outside: OutsideRows,
  context: ReadContext,
): FileReport {
  const { raw, zone, parts } = file;
  const { layout } = raw;
  return {
    path: raw.path,
    bytes: raw.bytes,
    gzip: raw.gzip,
    delimiter: delimiterName(raw.delimiter),
    header: layout.header !== undefined,
    dateFormat:
      layout.clock === undefined ? layout.stamp.label : `${layout.stamp.label} ${layout.clock.label}`,
    columnsUsed: columnsUsed(layout),
    columnsIgnored: columnsIgnored(layout),
    ...zone,
    ...reading,
    symbols: [...raw.symbols.keys()].sort(),
    rows: raw.rows,
    otherSymbols: raw.otherSymbols,
    duplicates: parts.reduce((sum, part) => sum + part.duplicates, 0),
    outOfOrder: parts.reduce((sum, part) => sum + part.outOfOrder, 0),
    outsideSessions: outside.count,
    warnings: warningsOf(file, outside, context),
  };
}

/** Sentences about choices made for want of being told. */
function warningsOf(
  { raw, zone, step, parts }: SortedFile,
  outside: OutsideRows,
  { options, calendar }: ReadContext,
): readonly string[] {
  const { layout } = raw;
  const volume = layout.header?.[layout.positions.get('volume') ?? -1];
  const warnings: string[] = [];
  if (zone.zoneFrom === 'offset' || zone.zoneFrom === 'epoch') {
    if (options.zone !== undefined)
      warnings.push(`--zone ${options.zone} was not needed: the stamps are instants.`);
  }
  if (zone.zoneFrom === 'market' && outside.count - outside.onUnknownDates > MANY_OUTSIDE * raw.rows) {
    warnings.push(
      `Many rows lie outside sessions. Are the stamps really in ${zone.zone}? --zone says otherwise.`,
    );
  }
  const lost = parts.filter(({ rows }) => rows.length === 0).map(({ symbol }) => symbol);
  if (lost.length > 0) {
    const unknown = calendar.unknownDates(outside.firstAt, outside.lastAt);
    const why = outside.onUnknownDates > 0 ? ` ${sayUnknownDates(unknown, calendar)}` : '';
    warnings.push(`No candle of ${listed(lost)} lies in a session.${why}`);
  }
  if (raw.dayFirstGuessed)
    warnings.push(
      `Every day is 12 or less, so day and month could be swapped: read as ${layout.stamp.label}. --dates mdy says otherwise.`,
    );
  if (volume !== undefined && /^tickvol/.test(plainName(volume))) {
    warnings.push(`Volume is ${quoted(volume)}: ticks, not units. --columns volume=… says otherwise.`);
  }
  if (volume !== undefined && isZeroThroughout(raw.symbols)) warnings.push(zeroVolume(volume, layout));
  if (step !== undefined && options.timeframe !== undefined && step > options.timeframe) {
    warnings.push(`--timeframe is shorter than the commonest step: candles may be known too early.`);
  }
  return warnings;
}

function zeroVolume(volume: string, layout: Layout): string {
  const ticks = layout.header?.find((name) => /^tickvol/.test(plainName(name)) && name !== volume);
  const way = ticks === undefined ? '' : ` --columns volume=${ticks} takes the count of ticks.`;
  return `Volume ${quoted(volume)} is 0 throughout.${way}`;
}

function isZeroThroughout(symbols: SortedFile['raw']['symbols']): boolean {
  return [...symbols.values()].every(({ volume, length }) =>
    volume?.subarray(0, length).every((each) => each === 0),
  );
}

function columnsUsed(layout: Layout): Readonly<Record<string, string>> {
  const used = [...layout.positions].map(([field, at]) => [
    flagName(field, layout),
    layout.header?.[at] ?? `${at + 1}`,
  ]);
  return Object.fromEntries(used);
}

/** As `--columns` calls it. */
function flagName(field: string, layout: Layout): string {
  if (field === 'clock') return 'time';
  if (field !== 'stamp') return field;
  return layout.clock === undefined ? 'time' : 'date';
}

function columnsIgnored(layout: Layout): readonly string[] {
  const used = new Set(layout.positions.values());
  return Array.from({ length: layout.width }, (_, at) => at)
    .filter((at) => !used.has(at))
    .map((at) => layout.header?.[at] ?? `${at + 1}`);
}
