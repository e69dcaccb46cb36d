import type { CandleColumns } from '../../src/core/domain/market/candle.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import { columnsOf, MINUTE_MS } from '../run-engine.ts';

/** Random walks on a tick grid over a market's real sessions, with missing minutes and gaps, all from one seed. */

export type TapeOptions = {
  readonly seed: number;
  readonly market?: string;
  readonly symbols?: number;
  readonly days?: number;
  readonly tick?: number;
  readonly start?: number;
  readonly decimals?: number;
};

/** 2015-07-06 00:00 in Kolkata. */
const FROM = Date.UTC(2015, 6, 5, 18, 30);

export function randomTape(options: TapeOptions): readonly CandleColumns[] {
  const random = mulberry32(options.seed);
  const { days = 2, symbols = 3, tick = 0.05, start = 2000, decimals = 2, market = 'nse' } = options;
  const sessions = createMarket(market)
    .calendar.sessions(FROM, FROM + 30 * 86_400_000)
    .slice(0, days);
  return Array.from({ length: symbols }, (_, index) => {
    const rows: number[][] = [];
    let price = start + Math.floor(random() * start);
    for (const { openAt, closeAt } of sessions) {
      price += Math.floor((random() - 0.5) * start * 0.02);
      for (let at = openAt; at < closeAt; at += MINUTE_MS) {
        if (random() < 0.03) continue;
        const open = price + (random() < 0.1 ? step(random, 12) : 0);
        const close = open + step(random, 8);
        const high = Math.max(open, close) + Math.floor(random() * 5);
        const low = Math.min(open, close) - Math.floor(random() * 5);
        rows.push([
          at,
          ...[open, high, low, close].map((ticks) => onGrid(ticks, tick)),
          500 + Math.floor(random() * 20_000),
        ]);
        price = Math.max(start / 4, close);
      }
    }
    return columnsOf(`S${index}`, rows, decimals);
  });
}

function onGrid(ticks: number, tick: number): number {
  return Math.round(ticks * tick * 1e6) / 1e6;
}

function step(random: () => number, size: number): number {
  return Math.round((random() + random() - 1) * size);
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
