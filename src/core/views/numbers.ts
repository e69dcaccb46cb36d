import { groupThousands } from './money.ts';

/** What stands where there is no number. */
export const NONE = 'n/a';

/** 12345 → `12,345`; of what is traded in fractions the whole part is grouped: 12345.67891 → `12,345.67891` */
export function formatCount(count: number): string {
  return String(count).replace(/^\d+/, groupThousands);
}

/** `1 trade`, `12,345 trades` */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** 38.04 → `38.0 %` */
export function formatPct(pct: number | null, digits = 1): string {
  return pct === null ? NONE : `${fixed(pct, digits)} %`;
}

/** Two decimals, or as many as show two figures of a smaller one: `0.40 %`, `0.005 %`, `0.0012 %`. */
export function formatFinePct(pct: number | null): string {
  if (pct === null || pct === 0 || Math.abs(pct) >= 0.01) return formatPct(pct, 2);
  const digits = Math.min(20, 1 - Math.floor(Math.log10(Math.abs(pct))));
  return `${fixed(pct, digits).replace(/0+$/, '')} %`;
}

/** `+1.23 %`, `-0.46 %`, `0.00 %` */
export function formatSignedPct(pct: number | null, digits = 2): string {
  return pct === null ? NONE : `${signed(pct, digits)} %`;
}

/** `+1.53 R` */
export function formatR(multiple: number | null): string {
  return multiple === null ? NONE : `${signed(multiple, 2)} R`;
}

/** 1.3333 → `1.33` */
export function formatRatio(ratio: number | null): string {
  return ratio === null ? NONE : fixed(ratio, 2);
}

/** Prices and readings on their grid, not grouped: 1000.2 with 2 decimals → `1000.20`. */
export function formatPrice(price: number, decimals: number): string {
  return fixed(price, decimals);
}

/** Two largest units: `45s`, `24m`, `1h 05m`, `3d 04h`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return NONE;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${twoDigits(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${twoDigits(hours % 24)}h`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Never `-0.00`. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return Number(text) > 0 ? `+${text}` : text;
}
