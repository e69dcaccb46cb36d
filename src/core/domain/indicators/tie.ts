/**
 * Two numbers closer than this share of their size are a tie.
 *
 * Means of prices on a tick grid are often equal on paper and differ by rounding noise (1e-15) in float64. Real
 * differences are a part of a tick, 1e-8 of the price and more. Without a tie rule the noise decides crosses.
 */
export const TIE = 1e-12;

/** 1 where `a` is above `b`, 0 for a tie, -1 below; NaN where either is NaN. */
export function compare(a: number, b: number): number {
  const difference = a - b;
  const noise = TIE * Math.abs(b);
  if (difference > noise) return 1;
  if (difference < -noise) return -1;
  return Number.isNaN(difference) ? difference : 0;
}
