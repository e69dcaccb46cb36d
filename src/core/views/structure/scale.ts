/** Prices as rows of a chart, each row in two halves. Row and half 0 are at the top. */
export type Scale = {
  readonly rows: number;
  row(price: number): number;
  half(price: number): number;
  shows(price: number): boolean;
  /** Round prices at least three rows apart: what the axis is marked with. */
  readonly ticks: readonly number[];
};

const LEAST_ROWS_BETWEEN_TICKS = 3;

/** `least`: the smallest step worth marking, the instrument's tick. */
export function createScale(low: number, high: number, rows: number, least: number): Scale {
  const span = Math.max(high - low, least * 2);
  const middle = (high + low) / 2;
  const top = middle + span / 2;
  const bottom = middle - span / 2;
  const halves = rows * 2;
  const half = (price: number): number =>
    Math.max(0, Math.min(halves - 1, Math.round(((top - price) / span) * (halves - 1))));
  return {
    rows,
    half,
    row: (price) => half(price) >> 1,
    shows: (price) => price <= top && price >= bottom,
    ticks: ticksOf(bottom, top, Math.max(least, (span / rows) * LEAST_ROWS_BETWEEN_TICKS)),
  };
}

/** Multiples of 1, 2 or 5 × 10^k that are at least `least` apart. */
function ticksOf(bottom: number, top: number, least: number): readonly number[] {
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * decade).find((size) => size >= least - 1e-9) ?? least;
  const first = Math.ceil(bottom / step - 1e-9);
  const last = Math.floor(top / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
