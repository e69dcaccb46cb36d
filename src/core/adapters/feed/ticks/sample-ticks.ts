import type { InstrumentHints } from '../../../domain/market/market.ts';
import type { TickBatch } from '../../../domain/market/tick-batch.ts';
import type { ReadOptions } from '../../../ports/candle-files.ts';
import { symbolFromPath } from '../csv/read-file.ts';
import { listed, quoted, refusal } from '../csv/refuse.ts';
import { openTickFile, type TickFile, type TickReading } from './tick-file.ts';
import { NOT_ASKED_FOR } from './tick-parser.ts';

/** What the beginning of a file of ticks tells about all of it. */
export type TickSample = {
  /** Sorted by symbol, code units. */
  readonly symbols: readonly InstrumentHints[];
  /** Order of day and month, where the file has told it. */
  readonly dates: ReadOptions['dates'];
  readonly zone: string;
};

/** Ticks that are looked at before the first instant: a symbol that has none among them is not known. */
const MOST_ROWS = 400_000;

/**
 * Reads the beginning of the file: which symbols there are, and how fine their prices.
 *
 * @throws TradekitError DATA with file and line for what is no file of ticks, or holds none
 */
export async function sampleTicks(path: string, read: ReadOptions, marketZone: string): Promise<TickSample> {
  const first = await sampleOnce(path, read, marketZone);
  if (first !== 'month first') return first;
  const second = await sampleOnce(path, { ...read, dates: 'mdy' }, marketZone);
  if (second === 'month first') throw new Error('Day and month were told and yet unknown.');
  return second;
}

type Seen = { readonly symbol: string; firstAt: number; firstPrice: number };

async function sampleOnce(
  path: string,
  read: ReadOptions,
  marketZone: string,
): Promise<TickSample | 'month first'> {
  const seen: Seen[] = [];
  const others = new Set<string>();
  const decimals = { most: undefined, seen: [] as number[] };

  function slotOf(cell: string | undefined): number {
    const symbol = cell ?? read.symbol ?? symbolFromPath(path);
    if (read.symbol !== undefined && symbol !== read.symbol) {
      others.add(symbol);
      return NOT_ASKED_FOR;
    }
    const known = seen.findIndex((of) => of.symbol === symbol);
    return known >= 0 ? known : seen.push({ symbol, firstAt: Number.NaN, firstPrice: Number.NaN }) - 1;
  }

  await using file = await openTickFile(path, { read, marketZone, slotOf, decimals });
  try {
    for (let batch = await file.next(); batch !== undefined; batch = await file.next()) {
      for (const [slot, of] of seen.entries()) takeFirst(batch, slot, of);
      if (file.rows >= MOST_ROWS) break;
    }
  } catch (error) {
    if (provesMonthFirst(file.reading)) return 'month first';
    throw error;
  }
  refuseUnknownOrder(path, file);
  const known = seen.filter(({ firstPrice }) => !Number.isNaN(firstPrice));
  if (known.length === 0) throw noTick(path, read.symbol, others);
  return {
    symbols: known.map((of) => hintsOf(of, file, decimals.seen[seen.indexOf(of)] ?? 0)).sort(bySymbol),
    dates: read.dates ?? (isGuess(file.reading) ? 'dmy' : undefined),
    zone: file.reading?.zone ?? marketZone,
  };
}

function takeFirst(batch: TickBatch, slot: number, of: Seen): void {
  for (let n = 0; n < batch.length && Number.isNaN(of.firstPrice); n += 1) {
    const price = batch.price[n] ?? 0;
    if (batch.slot[n] !== slot || !(price > 0)) continue;
    of.firstAt = batch.at[n] ?? 0;
    of.firstPrice = price;
  }
}

function hintsOf(of: Seen, { reading }: TickFile, priceDecimals: number): InstrumentHints {
  return { ...of, priceDecimals, hasVolume: reading?.layout.positions.has('size') === true };
}

function provesMonthFirst(reading: TickReading | undefined): boolean {
  return isGuess(reading) && reading?.stamps.secondAbove12 === true;
}

/** Day before month was taken for granted, and no row has told. */
function isGuess(reading: TickReading | undefined): boolean {
  return reading?.layout.stamp.orderUnknown === true && !reading.stamps.firstAbove12;
}

function refuseUnknownOrder(path: string, { reading }: TickFile): void {
  if (!isGuess(reading) || reading?.layout.stamp.label.includes('/') !== true) return;
  throw refusal(
    path,
    undefined,
    'no date in its first ticks tells the day from the month: all numbers are 12 or less.',
    'Say which comes first: --dates dmy (day/month/year) or --dates mdy (month/day/year).',
  );
}

function noTick(path: string, symbol: string | undefined, others: ReadonlySet<string>): Error {
  const sentence =
    others.size === 0
      ? 'holds no tick with a price.'
      : `holds no tick of ${quoted(symbol ?? '')}. Symbols found: ${listed([...others])}.`;
  return refusal(path, undefined, sentence);
}

function bySymbol(a: InstrumentHints, b: InstrumentHints): number {
  return a.symbol < b.symbol ? -1 : 1;
}
