import { formatLocal } from '../../domain/market/zone.ts';
import { formatMoney, formatSignedMoney } from '../money.ts';
import { formatPrice } from '../numbers.ts';
import type { RunSettings } from './fold/settings.ts';

/** How a run's numbers are written. */
export type Format = {
  readonly price: (symbol: string, price: number) => string;
  readonly money: (minor: number) => string;
  readonly signedMoney: (minor: number) => string;
  /** `09:20`, with seconds where there are any. */
  readonly time: (at: number) => string;
  readonly decimalsOf: (symbol: string) => number;
};

export function formatFor({ instruments, money, zone }: RunSettings): Format {
  const decimals = new Map(instruments.map((of) => [of.symbol, of.decimals]));
  const decimalsOf = (symbol: string): number => decimals.get(symbol) ?? 2;
  return {
    decimalsOf,
    price: (symbol, price) => formatPrice(price, decimalsOf(symbol)),
    money: (minor) => formatMoney(minor, money),
    signedMoney: (minor) => formatSignedMoney(minor, money),
    time: (at) => formatLocal(zone, at).slice(11, at % 60_000 === 0 ? 16 : 19),
  };
}

/** `12s`, `4m`, `2h`, `3d`: how long ago, short. */
export function formatAgo(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 100) return `${seconds}s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m`;
  const hours = Math.floor(seconds / 3600);
  return hours < 100 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
