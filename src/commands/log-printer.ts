import { TradekitError } from '../core/domain/error.ts';
import { decode } from '../core/domain/events/decode.ts';
import type { TradekitEvent } from '../core/domain/events/events.ts';
import type { Market } from '../core/domain/market/market.ts';
import type { LoggedRun } from '../core/ports/event-log.ts';
import type { StoredEvent } from '../core/ports/store.ts';
import { eventCsvHeader, eventCsvRow } from '../core/views/event-csv.ts';
import { eventLine } from '../core/views/event-line.ts';
import { safeText } from '../core/views/safe-text.ts';
import { instrumentsOf } from './log-instruments.ts';
import { styleOf } from './terminal.ts';

export type LogForm = 'lines' | 'json' | 'csv';

/** Prints events to stdout in one of the forms. */
export function createLogPrinter(
  form: LogForm,
  marketOf: (run: LoggedRun) => Market,
): (run: LoggedRun, event: StoredEvent) => void {
  if (form === 'json') return (_run, { line }) => write(line);
  if (form === 'lines') return createLinePrinters(marketOf);
  let isBegun = false;
  return (run, event) => {
    if (!isBegun) process.stdout.write(eventCsvHeader());
    isBegun = true;
    process.stdout.write(eventCsvRow({ ...event, run: run.id }, marketOf(run).calendar.zone));
  };
}

/** Each run in the time and money of its market. */
function createLinePrinters(
  marketOf: (run: LoggedRun) => Market,
): (run: LoggedRun, event: StoredEvent) => void {
  const printers = new Map<string, (event: StoredEvent) => void>();
  return (run, event) => {
    const print = printers.get(run.id) ?? createLinePrinter(run, marketOf(run));
    printers.set(run.id, print);
    print(event);
  };
}

/** As run-all prints them. What another version of tradekit wrote is shown as it is. */
function createLinePrinter(run: LoggedRun, market: Market): (event: StoredEvent) => void {
  const money = { currency: market.currency, minorDigits: market.minorDigits };
  const style = styleOf(process.stdout);
  const decimals = new Map((instrumentsOf(run) ?? []).map((of) => [of.symbol, of.decimals]));
  const decimalsOf = (symbol: string): number => decimals.get(symbol) ?? MIN_DECIMALS;
  const options = { style, zone: market.calendar.zone, money, decimalsOf, verbose: true };
  return ({ line }) => {
    const event = decoded(line);
    if (event === undefined) return write(safeText(line));
    learn(event, decimals);
    write(eventLine(event, options) ?? safeText(line));
  };
}

function decoded(line: string): TradekitEvent | undefined {
  try {
    return decode(line);
  } catch (error) {
    if (error instanceof TradekitError && error.code === 'DATA') return undefined;
    throw error;
  }
}

const MIN_DECIMALS = 2;
const MAX_DECIMALS = 8;

/** Where nobody said it: as many decimals as its prices have shown so far. */
function learn(event: TradekitEvent, decimals: Map<string, number>): void {
  if (!('symbol' in event)) return;
  const prices = [('price' in event && event.price) || 0, ('close' in event && event.close) || 0];
  const shown = Math.max(...prices.map(decimalsOfPrice), decimals.get(event.symbol) ?? MIN_DECIMALS);
  decimals.set(event.symbol, shown);
}

function decimalsOfPrice(price: number): number {
  const [, fraction = ''] = price.toFixed(MAX_DECIMALS).split('.');
  return fraction.replace(/0+$/, '').length;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
