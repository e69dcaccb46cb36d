import type { Instrument } from '../market/instrument.ts';
import type { Side } from './costs.ts';
import { powerOfTen } from './money.ts';

/**
 * Our own order prices stand on the instrument's tick grid, rounded away from advantage: where we sell, down; where we
 * buy, up. Prices of data are never rounded. A price within a millionth of a tick of the grid is on it (100.15 ÷ 0.05
 * is 2003.0000000000002 in floating point).
 */
export type Grid = Pick<Instrument, 'tick' | 'decimals'>;

const TOLERANCE = 1e-6;

/** The grid price of an order: where we would buy rounded up, where we would sell rounded down. */
export function orderPrice(price: number, side: Side, grid: Grid): number {
  return side === 'buy' ? roundUpToTick(price, grid) : roundDownToTick(price, grid);
}

/** The nearest grid price at or above: a price at which we would buy. */
export function roundUpToTick(price: number, grid: Grid): number {
  const ticks = price / grid.tick;
  return gridPrice(Math.ceil(ticks - slack(ticks)), grid);
}

/** The nearest grid price at or below: a price at which we would sell. */
export function roundDownToTick(price: number, grid: Grid): number {
  const ticks = price / grid.tick;
  return gridPrice(Math.floor(ticks + slack(ticks)), grid);
}

/** `price` moved by a whole number of ticks; the same decimal that a reader would write, so comparisons are exact. */
export function moveTicks(price: number, ticks: number, grid: Grid): number {
  return normalise(price + ticks * grid.tick, grid);
}

/** What floating point may be off by, in ticks: beyond 10^9 ticks a millionth is below its resolution. */
function slack(ticks: number): number {
  return Math.max(TOLERANCE, Math.abs(ticks) * 2 ** -50);
}

function gridPrice(ticks: number, grid: Grid): number {
  return normalise(ticks * grid.tick, grid);
}

/** The double nearest to the decimal of `decimals` places: 0.1 + 0.2 becomes 0.3. */
function normalise(price: number, grid: Grid): number {
  const scale = powerOfTen(grid.decimals);
  return Math.round(price * scale) / scale + 0;
}

/** A difference of prices without the noise of floats: 99.63 − 99.61 is 0.02. As it is where the grid is unknown. */
export function onPriceGrid(difference: number, grid: Pick<Grid, 'decimals'> | undefined): number {
  if (grid === undefined) return difference;
  const scale = powerOfTen(grid.decimals);
  return Math.round(difference * scale) / scale;
}
