import { indicatorCatalog } from '../indicators/catalog.ts';
import type { Catalog, CatalogEntry, Params } from '../indicators/entry.ts';
import type { Source } from '../indicators/source.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { patternCatalog } from '../patterns/catalog.ts';
import { checkShape } from './check-shape.ts';
import { labelOf } from './label.ts';
import { nearestName } from './nearest.ts';
import { parseParams } from './parse-params.ts';
import { at, type Problems } from './problem.ts';
import { readingShape } from './schema.ts';
import type { ReadingSpec } from './strategy.ts';

/** What is known where a reading is read. */
export type ReadingContext = {
  readonly problems: Problems;
  /** Of the strategy, ascending; empty where they are wrong themselves. */
  readonly timeframesMs: readonly number[];
};

export type ParsedReading = { readonly spec: ReadingSpec; readonly entry: CatalogEntry };

export type Family = 'indicator' | 'pattern';

const CATALOGS: Readonly<Record<Family, Catalog>> = { indicator: indicatorCatalog, pattern: patternCatalog };

/** A shorthand (`ema9`, `vwap`) or an object `{ name, params, source, timeframe, offset, output }`. */
export function parseReading(
  value: unknown,
  path: string,
  family: Family,
  context: ReadingContext,
): ParsedReading | undefined {
  if (typeof value === 'string') return parseObject({ name: value }, path, path, family, context);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return parseObject(value, path, at(path, 'name'), family, context);
  }
  context.problems.add(
    path,
    value,
    `the name of an ${family === 'pattern' ? 'candle ' : ''}${family}, or an object with its name`,
  );
  return undefined;
}

function parseObject(
  value: object,
  path: string,
  namePath: string,
  family: Family,
  context: ReadingContext,
): ParsedReading | undefined {
  const { problems } = context;
  const shape = checkShape(readingShape, value, path, problems);
  if (shape === undefined) return undefined;
  const named = findEntry(shape.name, family);
  if (named === undefined) {
    addUnknownName(shape.name, namePath, family, problems);
    return undefined;
  }
  const { entry, digits } = named;
  const before = problems.count;
  const params = parseParams(entry, withDigits(entry, digits, shape.params), at(path, 'params'), problems);
  if (digits !== undefined && hasOwn(shape.params, entry.shorthand)) {
    problems.add(
      at(at(path, 'params'), 'period'),
      digits,
      `the period once: "${shape.name}" says it already`,
    );
  }
  if (shape.source !== undefined && entry.source === undefined) {
    problems.add(at(path, 'source'), shape.source, `no source: ${entry.name} reads whole candles`);
  }
  if (shape.output !== undefined && !entry.outputs.includes(shape.output)) {
    const expected = `an output of ${entry.name}: ${entry.outputs.join(', ')}`;
    problems.add(at(path, 'output'), shape.output, expected, nearestName(shape.output, entry.outputs));
  }
  checkTimeframe(shape.timeframe, at(path, 'timeframe'), context);
  if (params === undefined) return undefined;
  checkFit(entry, params, shape.timeframe, path, context);
  if (problems.count !== before) return undefined;
  const spec = {
    name: entry.name,
    params,
    source: shape.source ?? entry.source ?? ('close' satisfies Source),
    timeframeMs: shape.timeframe,
    offset: shape.offset,
    output: shape.output,
  };
  return { spec: { label: labelOf(spec, entry), ...spec }, entry };
}

/** The whole name, or a name whose digits set a parameter: `ema9`. */
function findEntry(
  name: string,
  family: Family,
): { entry: CatalogEntry; digits: number | undefined } | undefined {
  const whole = CATALOGS[family].get(name);
  if (whole !== undefined) return { entry: whole, digits: undefined };
  const match = /^(.*?[a-z_])(\d{1,6})$/.exec(name);
  const entry = match?.[1] === undefined ? undefined : CATALOGS[family].get(match[1]);
  return entry?.shorthand === undefined ? undefined : { entry, digits: Number(match?.[2]) };
}

function withDigits(entry: CatalogEntry, digits: number | undefined, params: unknown): unknown {
  if (digits === undefined || entry.shorthand === undefined) return params;
  return { ...(typeof params === 'object' ? params : {}), [entry.shorthand]: digits };
}

function hasOwn(value: unknown, key: string | undefined): boolean {
  return typeof value === 'object' && value !== null && key !== undefined && Object.hasOwn(value, key);
}

function addUnknownName(name: string, path: string, family: Family, problems: Problems): void {
  const other: Family = family === 'pattern' ? 'indicator' : 'pattern';
  if (findEntry(name, other) !== undefined) {
    const leaf = other === 'pattern' ? `{ "pattern": "${name}" }` : `{ "indicator": "${name}", ... }`;
    problems.add(
      path,
      name,
      `an ${family}; "${name}" is an ${other}: write ${leaf}`.replaceAll('an pattern', 'a pattern'),
    );
    return;
  }
  const digits = /\d*$/.exec(name)?.[0] ?? '';
  const stem = nearestName(name.slice(0, name.length - digits.length), CATALOGS[family].keys());
  const takesDigits = stem !== undefined && CATALOGS[family].get(stem)?.shorthand !== undefined;
  const nearest = takesDigits ? `${stem}${digits}` : (nearestName(name, CATALOGS[family].keys()) ?? stem);
  problems.add(path, name, family === 'pattern' ? 'a known candle pattern' : 'a known indicator', nearest);
}

/** A closed candle of a shorter timeframe would be another strategy's business: it is asked for with `timeframes`. */
function checkTimeframe(
  timeframeMs: number | undefined,
  path: string,
  { timeframesMs, problems }: ReadingContext,
): void {
  const longest = timeframesMs.at(-1);
  if (timeframeMs === undefined || longest === undefined || timeframeMs >= longest) return;
  problems.add(
    path,
    formatTimeframe(timeframeMs),
    `at least the strategy's own timeframe ${formatTimeframe(longest)}`,
  );
}

function checkFit(
  entry: CatalogEntry,
  params: Params,
  timeframeMs: number | undefined,
  path: string,
  { timeframesMs, problems }: ReadingContext,
): void {
  for (const each of timeframeMs === undefined ? timeframesMs : [timeframeMs]) {
    const expected = entry.misfit(params, each);
    if (expected !== undefined) problems.add(path, entry.name, expected);
  }
}
