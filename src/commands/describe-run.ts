import { isPriceJump } from '../core/domain/market/price-jump.ts';
import { sayUnknownDates } from '../core/domain/market/unknown-dates.ts';
import type { DataSummary, Warning } from '../core/domain/performance/result.ts';
import type { Trade } from '../core/domain/trading/trade.ts';
import type { FileReport, PriceJump, ReadReport, SymbolReport } from '../core/ports/candle-files.ts';
import { formatMinute } from '../core/views/clock.ts';
import { coarseMoney } from '../core/views/coarse-money.ts';
import { formatCount, formatCounted } from '../core/views/numbers.ts';
import { sayOnce } from '../core/views/same-said.ts';
import { smallerRisk } from '../core/views/smaller-risk.ts';
import type { History } from './history.ts';
import { assumptionsOf } from './run-assumptions.ts';

/** What was read, symbol by symbol, with the words a trader wants to know. */
export function dataOf({ files, symbols }: ReadReport): readonly DataSummary[] {
  return symbols.map((of) => ({
    symbol: of.symbol,
    rows: of.rows,
    duplicates: of.duplicates,
    outsideSessions: of.outsideSessions,
    outsideRange: of.outsideRange,
    candles: of.candles,
    outOfOrder: of.outOfOrder,
    sessions: of.sessions,
    missingCandles: of.missingCandles,
    firstAt: of.firstAt ?? null,
    lastAt: of.lastAt ?? null,
    files: files
      .filter(({ symbols: own }) => own.includes(of.symbol))
      .map((file) => ({ path: file.path, reading: readingOf(file) })),
    notes: notesOf(of),
  }));
}

const ZONE_FROM = {
  offset: 'in the stamps',
  epoch: 'epoch',
  flag: '--zone',
  header: 'header',
  market: 'the market’s',
};
const STAMPS_FROM = { flag: '--stamps', detected: 'detected', default: 'by default', date: 'dates' };

function readingOf(file: FileReport): string {
  const zone = `zone ${file.zone} (${ZONE_FROM[file.zoneFrom]})`;
  return `${file.dateFormat}, ${zone}, ${file.stamps} stamps (${STAMPS_FROM[file.stampsFrom]})`;
}

function notesOf(of: SymbolReport): readonly string[] {
  const days = of.daysWithoutData.length;
  const adjusted = of.adjustments.map(({ date, factor }) => `before ${date} × ${factor}`);
  return [
    ...(adjusted.length > 0 ? [`prices ${adjusted.join(', ')} (--adjust)`] : []),
    ...(days > 0 ? [`no candle in ${days} of the sessions, the first ${of.daysWithoutData[0]}`] : []),
    ...(of.hasVolume ? [] : ['no volume: rules that need one never fire, the liquidity rule is N/A']),
    ...(of.volumeMissing > 0 ? [`${formatCounted(of.volumeMissing, 'candle')} without a volume`] : []),
    ...(of.inconsistent > 0 ? [inconsistentText(of.inconsistent)] : []),
  ];
}

function inconsistentText(count: number): string {
  return count === 1
    ? '1 candle opens or closes outside its range'
    : `${formatCount(count)} candles open or close outside their range`;
}

/** What to know before believing the result. */
export function warningsOf(history: History, trades: readonly Trade[]): readonly Warning[] {
  const { settings, market, input, read, strategiesFile } = history;
  const { files, symbols, unusedAdjustments } = read.report;
  return [
    ...smallerRisk(trades, assumptionsOf(history)),
    ...coarseMoney(trades, market),
    ...symbols.flatMap(jumpsOf),
    ...inconsistentCandles(symbols, market.calendar.zone),
    ...unknownDates(symbols, market),
    ...costWarnings(market, trades),
    ...(settings.data.tradeAs === 'future' ? [FUTURES_AS_SHARES] : []),
    ...(input.strategies.length === 0 ? [noStrategy(strategiesFile)] : []),
    ...strangers(input),
    ...input.instruments.flatMap(({ symbol }) => foreignQuote(symbol, market.currency)),
    ...input.instruments.filter(({ type }) => type === 'index').map(({ symbol }) => notTradable(symbol)),
    ...fileWarnings(files),
    ...unusedAdjustments.map(
      ({ symbol, date }): Warning => ({
        code: 'data',
        text: `--adjust ${symbol}@${date} met no candle before it.`,
      }),
    ),
  ];
}

/** What is said of several files in the same words is said once; of which it is said where there are several. */
function fileWarnings(files: readonly FileReport[]): readonly Warning[] {
  const said = files.flatMap(({ path, warnings }) => warnings.map((text) => ({ name: path, text })));
  const texts = files.length === 1 ? said.map(({ text }) => text) : sayOnce(said);
  return texts.map((text) => ({ code: 'data', text }));
}

function jumpsOf({ symbol, jumps }: SymbolReport): readonly Warning[] {
  return jumps
    .filter(({ remains }) => remains)
    .map((jump) => ({
      code: 'price_jump',
      text: `${symbol} opens ${jump.date} at ${jump.toOpen} after a close of ${jump.fromClose} ${jumpText(symbol, jump)}`,
    }));
}

/** A move of over 20 % is the file's own, or one that an adjustment leaves or makes. */
function jumpText(symbol: string, { date, fromClose, toOpen, changePct, factor }: PriceJump): string {
  const ratio = splitRatio(toOpen / fromClose);
  const anew = 'Indicators and structure start anew there.';
  if (factor === undefined) {
    return `(${changePct.toFixed(1)} %): a split or a bonus? ${anew} --adjust ${symbol}@${date}=${ratio} joins the prices.`;
  }
  const adjustedPct = 100 * (toOpen / (fromClose * factor) - 1);
  const adjusted = `(${changePct.toFixed(1)} %), but --adjust multiplies the close by ${Number(factor.toFixed(6))}, which makes it ${adjustedPct.toFixed(1)} %. ${anew}`;
  return isPriceJump(fromClose, toOpen)
    ? `${adjusted} A factor of ${ratio} joins the prices.`
    : `${adjusted} Without the adjustment there is no jump.`;
}

const MOST_SYMBOLS = 5;

/** They are mostly roundings of the source; one that is not falsifies every mark and reading that takes its close. */
function inconsistentCandles(symbols: readonly SymbolReport[], zone: string): readonly Warning[] {
  const named = symbols.flatMap(({ symbol, inconsistent, inconsistentExamples: [first] }) =>
    first === undefined
      ? []
      : [`${formatCount(inconsistent)} of ${symbol} (the first ${formatMinute(zone, first.openAt)})`],
  );
  if (named.length === 0) return [];
  const shown = named.slice(0, MOST_SYMBOLS).join(', ');
  const more = named.length > MOST_SYMBOLS ? ` and those of ${named.length - MOST_SYMBOLS} more symbols` : '';
  const text =
    `Candles open or close outside their own high and low: ${shown}${more}. They are kept as they are: marks, drawdown ` +
    'and indicators read these closes, and one that is wrong makes them wrong. --strict refuses them.';
  return [{ code: 'inconsistent_candles', text }];
}

/** Splits and bonuses come in simple ratios: the nearest within 6 %, the market's own move of that day; else as it is. */
function splitRatio(change: number): string {
  const simple = [1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 5, 2 / 5, 1 / 10, 2, 3, 4, 5, 10];
  const near = simple.find((ratio) => Math.abs(change / ratio - 1) < 0.06);
  return String(Number((near ?? change).toFixed(4)));
}

const FUTURES_AS_SHARES: Warning = {
  code: 'data',
  text: 'Traded as a future with the charges and the lot of a share: name the charges with --costs, the lot in a market file.',
};

function noStrategy(file: string): Warning {
  return { code: 'data', text: `No strategy is enabled in ${file}.` };
}

/** Strategies that name only symbols which the data does not have: they can never fire. */
function strangers({ strategies, instruments }: History['input']): readonly Warning[] {
  const known = new Set(instruments.map(({ symbol }) => symbol));
  return strategies
    .filter(({ symbols }) => symbols !== undefined && !symbols.some((symbol) => known.has(symbol)))
    .map(({ name, symbols = [] }) => ({
      code: 'strategy_without_symbol',
      text: `Strategy "${name}" trades only ${symbols.join(', ')}; the data has ${[...known].join(', ')}. It never fired.`,
    }));
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD', 'NZD', 'CAD', 'CNH', 'INR', 'SGD', 'HKD'];

/** A pair such as USDJPY is quoted in its second currency: its profit is in yen, whatever the account is in. */
function foreignQuote(symbol: string, currency: string): readonly Warning[] {
  const [, base = '', quote = ''] = /^([A-Z]{3})[/_-]?([A-Z]{3})(?![A-Z])/.exec(symbol.toUpperCase()) ?? [];
  if (!CURRENCIES.includes(base) || !CURRENCIES.includes(quote) || quote === currency) return [];
  const text = `${symbol} is quoted in ${quote}, the account is in ${currency}: every amount of it is in ${quote}, shown as ${currency}.`;
  return [{ code: 'foreign_quote', text: `${text} Sizes are wrong by the exchange rate.` }];
}

function unknownDates(symbols: readonly SymbolReport[], { calendar }: History['market']): readonly Warning[] {
  const dates = [...new Set(symbols.flatMap((of) => of.unknownDates))].sort();
  if (dates.length === 0) return [];
  return [{ code: 'unknown_dates', text: sayUnknownDates(dates, calendar) }];
}

/** Asked for every date on which something traded: schedules have gaps inside, too. */
function costWarnings({ costs }: History['market'], trades: readonly Trade[]): readonly Warning[] {
  const dates = [...new Set(trades.map(({ sessionDate }) => sessionDate))].sort();
  const texts = dates.flatMap((date) => costs.outsideSchedule(date) ?? []);
  return [...new Set(texts)].map((text) => ({ code: 'outside_cost_schedule', text }));
}

function notTradable(symbol: string): Warning {
  return {
    code: 'not_tradable',
    text: `${symbol} is an index: analysed, not traded. --trade-as equity trades it.`,
  };
}
