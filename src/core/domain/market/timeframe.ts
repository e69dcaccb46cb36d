import { TradekitError } from '../error.ts';
import { DAY_MS } from './civil.ts';

/** Milliseconds of one unit: second, minute, hour, day. */
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS };

/** A candle ends with its session: a longer one would be that of the day under another name. */
const LONGEST_MS = DAY_MS;

/** What is asked of a timeframe that is too long. */
export const AT_MOST_A_DAY = 'at most 1d: candles end with their session';

/**
 * `5m` → 300000. Units s, m, h, d; a positive whole number before them; at most a day.
 *
 * @throws TradekitError CONFIG when the text is no timeframe
 */
export function parseTimeframe(text: string): number {
  const ms = parseLength(text);
  if (isTimeframe(ms)) return ms;
  throw new TradekitError('CONFIG', `The timeframe "${text}" is longer than a day.`, {
    hint: `Take ${AT_MOST_A_DAY}.`,
  });
}

export function isTimeframe(ms: number): boolean {
  return ms <= LONGEST_MS;
}

/**
 * The same for any length of time.
 *
 * @throws TradekitError CONFIG when the text is none
 */
export function parseLength(text: string): number {
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
