import type { Instrument } from '../market/instrument.ts';

/** Currency units → integer minor units (paise, cents), rounded once, half away from zero. */
export function toMinor(amount: number, minorDigits: number): number {
  const scaled = amount * 10 ** minorDigits;
  return (scaled < 0 ? -Math.round(-scaled) : Math.round(scaled)) + 0;
}

/** Integer minor units → currency units: the double nearest to the decimal a reader would write. */
export function fromMinor(minor: number, minorDigits: number): number {
  return minor / 10 ** minorDigits + 0;
}

/**
 * qty × price in integer minor units, rounded once, half up. Exact: quantity is counted in lots and price on the
 * instrument's integer grid; where their product leaves the safe integers, BigInt takes over.
 */
export function notionalMinor(qty: number, price: number, instrument: Instrument, minorDigits: number): number {
  const lots = Math.round(qty / instrument.lot);
  const lotDecimals = decimalsOf(instrument.lot);
  const lotUnits = Math.round(instrument.lot * 10 ** lotDecimals);
  const priceUnits = Math.round(price * 10 ** instrument.decimals);
  const shift = instrument.decimals + lotDecimals - minorDigits;
  const product = lots * lotUnits * priceUnits;
  if (Number.isSafeInteger(product)) return shift <= 0 ? product * 10 ** -shift : divideHalfUp(product, 10 ** shift);
  const exact = BigInt(lots) * BigInt(lotUnits) * BigInt(priceUnits);
  if (shift <= 0) return Number(exact * 10n ** BigInt(-shift));
  const divisor = 10n ** BigInt(shift);
  return Number((exact * 2n + divisor) / (divisor * 2n));
}

/** Whole numbers in, whole number out: (2a + b) ÷ 2b by floor, exact while 2a + b is a safe integer. */
function divideHalfUp(dividend: number, divisor: number): number {
  const quotient = Math.floor(dividend / divisor);
  const rest = dividend - quotient * divisor;
  return rest * 2 >= divisor ? quotient + 1 : quotient;
}

/** Decimals of a step such as 0.00001 (5) or 1 (0); at most 12. */
function decimalsOf(step: number): number {
  for (let digits = 0; digits < 12; digits += 1) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) return digits;
  }
  return 12;
}
