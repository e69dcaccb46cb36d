const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The course of a series in at most `width` columns: each bar is the last value of its share. Empty for fewer than two values. */
export function sparkline(values: readonly number[], width: number): string {
  if (values.length < 2) return '';
  const columns = Math.min(width, values.length);
  const shown = Array.from({ length: columns }, (_, i) => {
    const last = Math.ceil(((i + 1) * values.length) / columns) - 1;
    return values[last] ?? 0;
  });
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low;
  return shown.map((value) => BARS[span === 0 ? 3 : Math.round(((value - low) / span) * 7)] ?? '').join('');
}
