import { TradekitError } from '../../../domain/error.ts';
import { parseDay } from '../../../domain/market/civil.ts';
import { isPriceJump } from '../../../domain/market/price-jump.ts';
import type { Adjustment, PriceJump } from '../../../ports/candle-files.ts';
import type { CandleRows } from './candle-rows.ts';
import { placesOf } from './decimal-reader.ts';
import type { SessionRun } from './session-runs.ts';

/** Adjusted prices are reckoned to nine decimals: what lies beyond is noise of the multiplication. */
const GRID = 1e9;

/** @throws TradekitError CONFIG for a date or a factor that is none, and for a date that one symbol has twice */
export function checkAdjustments(adjustments: readonly Adjustment[]): void {
  checkEach(adjustments);
  for (const [index, { symbol, date }] of adjustments.entries()) {
    const first = adjustments.findIndex((other) => other.symbol === symbol && other.date === date);
    if (first === index) continue;
    throw new TradekitError('CONFIG', `--adjust names ${symbol}@${date} twice.`, {
      hint: 'One factor for each symbol and date: where a split and a bonus meet, their product.',
    });
  }
}

function checkEach(adjustments: readonly Adjustment[]): void {
  for (const { symbol, date, factor } of adjustments) {
    if (parseDay(date) !== undefined && factor > 0 && Number.isFinite(factor)) continue;
    throw new TradekitError(
      'CONFIG',
      `--adjust ${symbol}@${date}=${factor}: not a date with a factor above 0.`,
      {
        hint: 'Prices before the date are multiplied by the factor: --adjust FEDERALBNK@2015-07-03=0.5 for a 1:1 bonus.',
      },
    );
  }
}

/** Changes of over 20 % from one session's last close to the next session's first open, before adjustment or after it. */
export function findJumps(
  rows: CandleRows,
  runs: readonly SessionRun[],
  adjustments: readonly Adjustment[],
): readonly PriceJump[] {
  const filled = runs.filter(({ from, to }) => to > from);
  return filled.slice(1).flatMap((run, index): PriceJump[] => {
    const before = filled[index];
    if (before === undefined) return [];
    const fromClose = rows.close[before.to - 1] ?? Number.NaN;
    const toOpen = rows.open[run.from] ?? Number.NaN;
    const factor = factorBetween(before.session.date, run.session.date, adjustments);
    const remains = isPriceJump(fromClose * (factor ?? 1), toOpen);
    if (!remains && !isPriceJump(fromClose, toOpen)) return [];
    return [
      {
        date: run.session.date,
        openAt: rows.at[run.from] ?? 0,
        fromClose,
        toOpen,
        changePct: 100 * (toOpen / fromClose - 1),
        factor,
        remains,
      },
    ];
  });
}

/**
 * Multiplies prices before each date by its factor and divides volumes by it, in place.
 *
 * @returns the adjustments that met a candle
 */
export function applyAdjustments(
  rows: CandleRows,
  runs: readonly SessionRun[],
  adjustments: readonly Adjustment[],
): readonly Adjustment[] {
  return adjustments.filter((adjustment) => {
    const count = runs.find(({ session }) => session.date >= adjustment.date)?.from ?? rows.length;
    for (let i = 0; i < count; i++) scale(rows, i, adjustment.factor);
    return count > 0;
  });
}

function scale(rows: CandleRows, i: number, factor: number): void {
  for (const column of [rows.open, rows.high, rows.low, rows.close]) {
    const price = Math.round((column[i] ?? Number.NaN) * factor * GRID) / GRID;
    column[i] = price;
    rows.priceDecimals = placesOf(price, rows.priceDecimals);
  }
  if (rows.volume !== undefined) rows.volume[i] = (rows.volume[i] ?? Number.NaN) / factor;
}

function factorBetween(after: string, until: string, adjustments: readonly Adjustment[]): number | undefined {
  const factors = adjustments.filter(({ date }) => date > after && date <= until).map(({ factor }) => factor);
  return factors.length === 0 ? undefined : factors.reduce((product, factor) => product * factor, 1);
}
