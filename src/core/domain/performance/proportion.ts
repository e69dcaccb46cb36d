/** A share with the interval that holds the true one in 95 of 100 samples, all in percent. */
export type Proportion = { readonly pct: number; readonly lowPct: number; readonly highPct: number };

/** Two-sided 95 % quantile of the normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Share of `hits` in `count` with its 95 % Wilson score interval; null where nothing was counted.
 *
 * Unlike p ± z·se it stays inside 0 to 100 and is honest for a handful of trades.
 *
 * @see E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927)
 */
export function wilson(hits: number, count: number): Proportion | null {
  if (count === 0) return null;
  const share = hits / count;
  const z2 = Z_95 * Z_95;
  const centre = share + z2 / (2 * count);
  const margin = Z_95 * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count));
  const scale = 100 / (1 + z2 / count);
  return {
    pct: 100 * share,
    lowPct: Math.max(0, (centre - margin) * scale),
    highPct: Math.min(100, (centre + margin) * scale),
  };
}
