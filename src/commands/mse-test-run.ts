import type { Settings } from '../core/config/settings.ts';
import { TradekitError } from '../core/domain/error.ts';
import type { CandleColumns } from '../core/domain/market/candle.ts';
import { parseClock, parseDay } from '../core/domain/market/civil.ts';
import type { Market } from '../core/domain/market/market.ts';
import { formatTimeframe, isTimeframe, parseTimeframe } from '../core/domain/market/timeframe.ts';
import { hintsOf } from '../core/domain/market/traded-instrument.ts';
import { localDayOf, localDayToUtc } from '../core/domain/market/zone.ts';
import { type Study, studyOf } from '../core/domain/mse/study/study.ts';
import { nearestName } from '../core/domain/nearest.ts';
import { closeAfter } from '../core/domain/replay.ts';
import type { Direction } from '../core/domain/trading/plan.ts';
import type { ReadOptions, ReadResult } from '../core/ports/candle-files.ts';
import { formatMinute } from '../core/views/clock.ts';
import { safeText } from '../core/views/safe-text.ts';
import { drawStudy } from '../core/views/structure/draw-study.ts';
import { studyJson } from '../core/views/structure/study-json.ts';
import type { Style } from '../core/views/style.ts';
import { type Flags, textFlag } from './flags.ts';
import { readOptionsOf } from './history.ts';

export type StructureTest = {
  readonly flags: Flags;
  readonly settings: Settings;
  readonly market: Market;
  /** The file to read, and whether it is the bundled one. */
  readonly path: string;
  readonly isBundled: boolean;
  readonly read: (path: string, options: ReadOptions) => Promise<ReadResult>;
  readonly style: Style;
  readonly write: (text: string) => void;
};

/** Shown where nothing is asked for: a sweep of the day before's low, the turn that followed, and a plan with it. */
const SHOWN = { symbol: 'FEDERALBNK', at: '2015-07-24 11:00' };
const DEFAULT_TIMEFRAME_MS = 300_000;

/** As typed, and what it means. */
type Moment = { readonly text: string; readonly instant: number };

type Asked = {
  readonly symbol: string | undefined;
  readonly at: Moment | undefined;
  readonly direction: Direction | undefined;
  readonly timeframe: string | undefined;
};

/** Reads the candles, lets the engine look at them as of one instant, and prints what it sees. */
export async function showStructure(test: StructureTest): Promise<void> {
  const asked = askedOf(test);
  const { columns, baseTimeframeMs } = await readFor(asked.symbol, test);
  const own = columnsOf(asked.symbol, columns, test.isBundled ? 'the bundled candles' : `"${test.path}"`);
  const study = studyAt(asked, own, { columns, baseTimeframeMs }, test);
  const { zone } = test.market.calendar;
  const text = test.settings.output.json
    ? `${JSON.stringify(studyJson(study, zone))}\n`
    : drawStudy(study, zone, test.style);
  test.write(text);
}

function askedOf({ flags, settings, isBundled, market }: StructureTest): Asked {
  const typedAt = textFlag(flags, 'at');
  const { symbol } = settings.data;
  const isShown = isBundled && symbol === undefined;
  const at = typedAt ?? (isShown ? SHOWN.at : undefined);
  return {
    symbol: isShown ? SHOWN.symbol : symbol,
    at: at === undefined ? undefined : { text: at, instant: parseInstant(at, market.calendar.zone) },
    direction: directionOf(textFlag(flags, 'direction')),
    timeframe: textFlag(flags, 'timeframe'),
  };
}

/** A date with or without exchange time; without, the end of its day. */
function parseInstant(text: string, zone: string): number {
  const [, date = '', clock = '24:00'] = /^(\d{4}-\d\d-\d\d)(?:[T ](\S+))?$/.exec(text.trim()) ?? [];
  const day = parseDay(date);
  const ms = parseClock(clock);
  if (day !== undefined && ms !== undefined) return localDayToUtc(zone, day, ms);
  throw new TradekitError('CONFIG', `"${text}" is no date and exchange time.`, {
    hint: 'Write it as --at "2015-07-08 11:10", or --at 2015-07-08 for the end of that day.',
  });
}

function directionOf(text: string | undefined): Direction | undefined {
  if (text === undefined || text === 'long' || text === 'short') return text;
  throw new TradekitError('CONFIG', `"${text}" is no direction.`, {
    hint: 'Take --direction long or --direction short.',
  });
}

/**
 * All symbols of the file, as their candles are what the clock runs by. `--symbol` names the one of a file without a
 * column of symbols.
 */
async function readFor(symbol: string | undefined, test: StructureTest): Promise<ReadResult> {
  const { symbol: _, timeframe: __, ...options } = readOptionsOf(test.settings, test.market.calendar.zone);
  const read = await test.read(test.path, options);
  const names = read.columns.map((of) => of.symbol);
  const isNamed = read.report.files.some(({ columnsUsed }) => columnsUsed['symbol'] !== undefined);
  if (symbol === undefined || isNamed || names.includes(symbol)) return read;
  return test.read(test.path, { ...options, symbol });
}

function columnsOf(
  symbol: string | undefined,
  columns: readonly CandleColumns[],
  source: string,
): CandleColumns {
  const names = columns.map((of) => safeText(of.symbol));
  const [only] = columns;
  if (symbol === undefined && columns.length === 1 && only !== undefined) return only;
  const listed = `Symbols: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}.`;
  if (symbol === undefined) {
    throw new TradekitError('CONFIG', `Which of the ${names.length} symbols in ${source}?`, {
      hint: `Name one: --symbol ${names[0]}. ${listed}`,
    });
  }
  const own = columns.find((of) => of.symbol === symbol);
  if (own !== undefined) return own;
  const near = nearestName(symbol, names);
  throw new TradekitError('DATA', `There is no symbol "${safeText(symbol)}" in ${source}.`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}${listed}`,
  });
}

function studyAt(
  asked: Asked,
  own: CandleColumns,
  { columns, baseTimeframeMs }: Pick<ReadResult, 'columns' | 'baseTimeframeMs'>,
  { settings, market }: StructureTest,
): Study {
  const timeframeMs = timeframeOf(asked.timeframe, baseTimeframeMs);
  const all = columns.flatMap(({ openAt, length }) => [openAt[0] ?? 0, openAt[length - 1] ?? 0]);
  const sessions = market.calendar.sessions(Math.min(...all), Math.max(...all) + baseTimeframeMs);
  const firstAt = closeAfter(own.openAt[0] ?? 0, baseTimeframeMs, sessions);
  const lastAt = closeAfter(own.openAt[own.length - 1] ?? 0, baseTimeframeMs, sessions);
  const { zone } = market.calendar;
  if (asked.at !== undefined) refuseOutside(asked.at, own.symbol, [firstAt, lastAt], zone);
  const study = studyOf({
    columns,
    sessions,
    baseTimeframeMs,
    symbol: own.symbol,
    timeframeMs,
    at: asked.at?.instant ?? lastAt,
    direction: asked.direction,
    costs: market.costs,
    fills: settings.fills,
    minRewardRisk: settings.risk.minRewardRisk,
    stopDistanceRule: settings.structure.widenStops,
    instrument: (of) => market.instrument(hintsOf(of)),
  });
  if (study !== undefined) return study;
  const by = asked.at?.text ?? formatMinute(zone, lastAt);
  throw new TradekitError(
    'DATA',
    `No whole ${formatTimeframe(timeframeMs)} candle of ${own.symbol} was over by "${by}".`,
    {
      hint: `The data begins at ${formatMinute(zone, own.openAt[0] ?? 0)}: take a later --at, or a shorter --timeframe.`,
    },
  );
}

function timeframeOf(text: string | undefined, baseMs: number): number {
  if (text === undefined) return DEFAULT_TIMEFRAME_MS % baseMs === 0 ? DEFAULT_TIMEFRAME_MS : baseMs;
  const timeframeMs = parseTimeframe(text);
  if (timeframeMs % baseMs === 0) return timeframeMs;
  const base = formatTimeframe(baseMs);
  const multiple = isTimeframe(baseMs * 5)
    ? `a multiple of ${base}: --timeframe ${formatTimeframe(baseMs * 5)}, or `
    : '';
  throw new TradekitError(
    'CONFIG',
    `"${text}" is not made of whole ${base} candles, which is what the data has.`,
    {
      hint: `Take ${multiple}--timeframe ${base} itself.`,
    },
  );
}

function refuseOutside(
  { text, instant }: Moment,
  symbol: string,
  [firstAt, lastAt]: readonly [number, number],
  zone: string,
): void {
  if (instant >= firstAt && instant <= endOfDay(lastAt, text, zone)) return;
  const where = instant < firstAt ? 'before the first' : 'after the last';
  throw new TradekitError('DATA', `"${text}" is ${where} candle of ${symbol}.`, {
    hint: `Its candles close from ${formatMinute(zone, firstAt)} to ${formatMinute(zone, lastAt)}, exchange time. Try --at "${formatMinute(zone, instant < firstAt ? firstAt : lastAt)}".`,
  });
}

/** A date alone means its last candle: the day of the last one still counts. */
function endOfDay(lastAt: number, text: string, zone: string): number {
  return text.trim().length > 10 ? lastAt : localDayToUtc(zone, localDayOf(zone, lastAt) + 1, 0);
}
