import type { Instrument } from '../market/instrument.ts';

/**
 * Integer money. Prices become whole numbers of 10^-decimals, quantities whole numbers of 10^-lotDecimals, amounts
 * whole numbers of minor units (paise, cents); halves round up, away from zero for losses. Everything is exact: where
 * a product passes 2^52 it is reckoned in parts, or in BigInt.
 */

/** Grids on which a notional is reckoned: 2, 0, 2 for an NSE share in rupees. */
export type MoneyGrid = {
  /** Decimals of the price grid: `Instrument.decimals`. */
  readonly decimals: number;
  /** Decimals of the quantity: `decimalsOf(instrument.lot)`. */
  readonly lotDecimals: number;
  /** Decimals of the money: `Market.minorDigits`. */
  readonly minorDigits: number;
};

/** The grid on which an instrument's notionals are reckoned. */
export function moneyGrid(instrument: Pick<Instrument, 'decimals' | 'lot'>, minorDigits: number): MoneyGrid {
  return { decimals: instrument.decimals, lotDecimals: decimalsOf(instrument.lot), minorDigits };
}

/** Below this a quotient by floor and its rest are exact, also where the division rounds up to the next whole number. */
const EXACT = 2 ** 52;

/** a × b ÷ divisor, rounded half away from zero. All integers, divisor above 0 and at most 2^52. */
export function mulDivRound(a: number, b: number, divisor: number): number {
  const product = a * b;
  const size = Math.abs(product);
  if (size > EXACT) return mulDivRoundLarge(a, b, divisor);
  const whole = Math.floor(size / divisor);
  const rounded = whole + (2 * (size - whole * divisor) >= divisor ? 1 : 0);
  return product < 0 && rounded !== 0 ? -rounded : rounded;
}

/** a × b ÷ divisor, rounded down. All integers, none negative, divisor above 0. */
export function mulDivFloor(a: number, b: number, divisor: number): number {
  const product = a * b;
  if (product > EXACT || divisor > EXACT) return mulDivFloorLarge(a, b, divisor);
  const whole = Math.floor(product / divisor);
  return whole * divisor > product ? whole - 1 : whole;
}

/** a × b ÷ divisor, rounded up. All integers, none negative, divisor above 0 and at most 2^52. */
export function mulDivCeil(a: number, b: number, divisor: number): number {
  const product = a * b;
  if (product > EXACT) {
    const big = BigInt(divisor);
    return Number((BigInt(a) * BigInt(b) + big - 1n) / big);
  }
  const whole = Math.floor(product / divisor);
  return whole + (product > whole * divisor ? 1 : 0);
}

// Where the product is too large: a = n × divisor + rest, so a × b ÷ divisor = n × b + rest × b ÷ divisor, and both
// terms are mostly small enough. BigInt takes the remaining cases, at ten times the price.

function mulDivFloorLarge(a: number, b: number, divisor: number): number {
  const rest = a % divisor;
  const whole = ((a - rest) / divisor) * b;
  if (whole <= EXACT && rest * b <= EXACT && divisor <= EXACT) return whole + mulDivFloor(rest, b, divisor);
  return Number((BigInt(a) * BigInt(b)) / BigInt(divisor));
}

function mulDivRoundLarge(a: number, b: number, divisor: number): number {
  const size = Math.abs(a);
  const times = Math.abs(b);
  const rest = size % divisor;
  const whole = ((size - rest) / divisor) * times;
  const rounded =
    whole <= EXACT && rest * times <= EXACT
      ? whole + mulDivRound(rest, times, divisor)
      : mulDivRoundBig(size, times, divisor);
  return a < 0 !== b < 0 && rounded !== 0 ? -rounded : rounded;
}

function mulDivRoundBig(a: number, b: number, divisor: number): number {
  const big = BigInt(divisor);
  return Number((2n * BigInt(a) * BigInt(b) + big) / (2n * big));
}

/** A decimal amount → minor units: 1234.565 with 2 digits → 123457. Reads the decimals that are written, not the float. */
export function toMinor(amount: number, digits: number): number {
  const scale = powerOfTen(digits);
  const near = Math.round(amount * scale);
  // Up to 15 digits a decimal and its double are one to one: this is the amount that is written.
  if (near / scale === amount && Math.abs(near) < 1e15) return near + 0;
  const size = Number(`${Math.abs(amount)}e${digits}`);
  const rounded = Math.round(Number.isNaN(size) ? Math.abs(amount) * 10 ** digits : size);
  return amount < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Minor units → decimal amount: 123457 with 2 digits → 1234.57. */
export function fromMinor(minor: number, digits: number): number {
  return minor / powerOfTen(digits);
}

/** A price of the grid → its whole number: 153.65 with 2 decimals → 15365. */
export function priceToInt(price: number, decimals: number): number {
  return Math.round(price * powerOfTen(decimals));
}

/** The whole number of a price → the decimal on the grid nearest to it: 15365 with 2 decimals → 153.65. */
export function intToPrice(units: number, decimals: number): number {
  return units / powerOfTen(decimals);
}

/** Units × price in minor units, rounded once: 0.12345 BTC at 27123.45 on grid 2, 5, 2 → 334839. */
export function notionalMinor(qty: number, price: number, grid: MoneyGrid): number {
  return createNotional(grid)(qty, price);
}

/** The same for one grid, its scales worked out once: every fill and every limit asks for several. */
export function createNotional({ decimals, lotDecimals, minorDigits }: MoneyGrid): Notional {
  const shift = decimals + lotDecimals - minorDigits;
  const lotScale = powerOfTen(lotDecimals);
  const priceScale = powerOfTen(decimals);
  const finer = powerOfTen(Math.max(0, -shift));
  const divisor = powerOfTen(Math.max(0, shift));
  return (qty, price) =>
    mulDivRound(Math.round(qty * lotScale) * finer, Math.round(price * priceScale), divisor);
}

/** Units × price, integer minor units. */
export type Notional = (qty: number, price: number) => number;

/** 10^digits. Looked up: `10 ** digits` calls into the runtime, and prices and amounts ask for it at every fill. */
export function powerOfTen(digits: number): number {
  return POWERS_OF_TEN[digits] ?? 10 ** digits;
}

const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, digits) => 10 ** digits);

/** Decimals of a step: 0.05 → 2, 0.00001 → 5, 1 → 0, 75 → 0. At most 12. */
export function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 12; decimals += 1) {
    const scaled = step * powerOfTen(decimals);
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) {
      if (Math.round(scaled) !== 0) return decimals;
    }
  }
  return 12;
}
