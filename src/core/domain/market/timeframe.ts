import { TradekitError } from '../error.ts';

/** Milliseconds of one unit: second, minute, hour, day. */
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `5m` → 300000. Units s, m, h, d; a positive whole number before them.
 *
 * @throws TradekitError CONFIG when the text is no timeframe
 */
export function parseTimeframe(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  const unit = match?.[2] === undefined ? undefined : UNIT_MS[match[2]];
  if (match === null || unit === undefined) {
    throw new TradekitError('CONFIG', `Unknown timeframe "${text}".`, {
      hint: 'Write a number and a unit: 30s, 1m, 5m, 15m, 1h, 1d.',
    });
  }
  return Number(match[1]) * unit;
}

/** 300000 → `5m`: the largest unit that divides it. */
export function formatTimeframe(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = UNIT_MS[unit] ?? 1;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
