import { indicatorCatalog } from '../indicators/catalog.ts';
import type { Catalog, CatalogEntry, Params } from '../indicators/entry.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { nearestName } from '../nearest.ts';
import { patternCatalog } from '../patterns/catalog.ts';
import { checkShape } from './check-shape.ts';
import { labelOf } from './label.ts';
import { describeSpec, isWithin, parseParams } from './parse-params.ts';
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

const WORDS: Readonly<Record<Family, string>> = { indicator: 'an indicator', pattern: 'a candle pattern' };

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
  context.problems.add(path, value, `the name of ${WORDS[family]}, or an object with its name`);
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
  const before = problems.list.length;
  const shape = checkShape(readingShape, value, path, problems);
  const name = 'name' in value && typeof value.name === 'string' ? value.name : undefined;
  const named = name === undefined ? undefined : findEntry(name, family);
  if (name !== undefined && named === undefined) addUnknownName(name, namePath, family, problems);
  if (name === undefined || named === undefined) return undefined;
  const params = parseNamedParams(
    named,
    name,
    'params' in value ? value.params : undefined,
    path,
    namePath,
    problems,
  );
  if (shape === undefined || params === undefined) return undefined;
  const { entry } = named;
  checkSourceAndOutput(entry, shape, path, problems);
  checkTimeframe(shape.timeframe, at(path, 'timeframe'), context);
  checkFit(entry, params, shape.timeframe, path, context);
  if (problems.list.length !== before) return undefined;
  const spec = {
    name: entry.name,
    params,
    source: shape.source ?? entry.source ?? 'close',
    timeframeMs: shape.timeframe,
    offset: shape.offset,
    output: shape.output,
  };
  return { spec: { label: labelOf(spec, entry), ...spec }, entry };
}

type NamedEntry = { readonly entry: CatalogEntry; readonly digits: number | undefined };

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

/** Digits after the name and an object of parameters, but not both for one parameter. */
function parseNamedParams(
  { entry, digits }: NamedEntry,
  name: string,
  given: unknown,
  path: string,
  namePath: string,
  problems: Problems,
): Params | undefined {
  const params = parseParams(entry, given, at(path, 'params'), problems);
  const { shorthand } = entry;
  const spec = shorthand === undefined ? undefined : entry.params[shorthand];
  if (digits === undefined || shorthand === undefined || spec === undefined) return params;
  if (!isWithin(spec, digits)) {
    problems.add(namePath, name, `${entry.name} with ${describeSpec(spec)} after it`);
    return undefined;
  }
  if (typeof given === 'object' && given !== null && Object.hasOwn(given, shorthand)) {
    problems.add(
      at(at(path, 'params'), shorthand),
      Reflect.get(given, shorthand),
      `no ${shorthand} beside "${name}", which says it already`,
    );
    return undefined;
  }
  return params && { ...params, [shorthand]: digits };
}

function checkSourceAndOutput(
  entry: CatalogEntry,
  { source, output }: { readonly source?: string | undefined; readonly output?: string | undefined },
  path: string,
  problems: Problems,
): void {
  if (source !== undefined && entry.source === undefined) {
    problems.add(at(path, 'source'), source, `no source: ${entry.name} reads whole candles`);
  }
  if (output !== undefined && !entry.outputs.includes(output)) {
    const expected = `an output of ${entry.name}: ${entry.outputs.join(', ')}`;
    problems.add(at(path, 'output'), output, expected, nearestName(output, entry.outputs));
  }
}

function addUnknownName(name: string, path: string, family: Family, problems: Problems): void {
  const other: Family = family === 'pattern' ? 'indicator' : 'pattern';
  if (findEntry(name, other) !== undefined) {
    const leaf = other === 'pattern' ? `{ "pattern": "${name}" }` : `{ "indicator": "${name}", ... }`;
    problems.add(path, name, `${WORDS[family]}; "${name}" is ${WORDS[other]}: write ${leaf}`);
    return;
  }
  const digits = /\d*$/.exec(name)?.[0] ?? '';
  const stem = nearestName(name.slice(0, name.length - digits.length), CATALOGS[family].keys());
  const takesDigits = stem !== undefined && CATALOGS[family].get(stem)?.shorthand !== undefined;
  const nearest = takesDigits ? `${stem}${digits}` : (nearestName(name, CATALOGS[family].keys()) ?? stem);
  problems.add(path, name, knownOnes(name, family, nearest), nearest);
}

/** With a list of them where none is near. */
function knownOnes(name: string, family: Family, nearest: string | undefined): string {
  const words = `a known ${family === 'pattern' ? 'candle pattern' : 'indicator'}`;
  if (nearest !== undefined) return words;
  if (name.trim() !== '' && Number.isFinite(Number(name)))
    return `${words}, or a number without quotes: ${Number(name)}`;
  return `${words}: ${[...CATALOGS[family].keys()].join(', ')}`;
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
