import type { Instrument } from '../market/instrument.ts';

/**
 * Our own order prices stand on the instrument's tick grid, rounded away from advantage: where we sell, down; where we
 * buy, up. Prices of data are never rounded. A price within a millionth of a tick of the grid is on it (100.15 ÷ 0.05
 * is 2003.0000000000002 in floating point).
 */
type Grid = Pick<Instrument, 'tick' | 'decimals'>;

const TOLERANCE = 1e-6;

/** The nearest grid price at or above: a price at which we would buy. */
export function roundUpToTick(price: number, grid: Grid): number {
  return gridPrice(Math.ceil(price / grid.tick - TOLERANCE), grid);
}

/** The nearest grid price at or below: a price at which we would sell. */
export function roundDownToTick(price: number, grid: Grid): number {
  return gridPrice(Math.floor(price / grid.tick + TOLERANCE), grid);
}

/** `price` moved by a whole number of ticks; the same decimal that a reader would write, so comparisons are exact. */
export function moveTicks(price: number, ticks: number, grid: Grid): number {
  return normalise(price + ticks * grid.tick, grid);
}

function gridPrice(ticks: number, grid: Grid): number {
  return normalise(ticks * grid.tick, grid);
}

/** The double nearest to the decimal of `decimals` places: 0.1 + 0.2 becomes 0.3. */
function normalise(price: number, grid: Grid): number {
  const scale = 10 ** grid.decimals;
  return Math.round(price * scale) / scale + 0;
}
