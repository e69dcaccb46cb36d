import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Candle, CandleView } from '../../../../src/core/domain/market/candle.ts';
import { createCandleView } from '../../../../src/core/domain/market/candle.ts';
import type { Session } from '../../../../src/core/domain/market/session.ts';
import {
  createStructureLog,
  type ListenedLog,
  type StructureEvent,
} from '../../../../src/core/domain/structure/log.ts';
import type { Dir, Pivot } from '../../../../src/core/domain/structure/objects.ts';
import {
  createStructure,
  type Structure,
  type StructureOptions,
} from '../../../../src/core/domain/structure/structure.ts';
import { sharedFile } from '../../../shared.ts';

/** Five minutes: the timeframe of every drawn tape. */
export const STEP = 300_000;
/** Candles of a session on drawn tapes. */
export const PER_SESSION = 40;

export type Prices = readonly [open: number, high: number, low: number, close: number];

/** Candle `i` of a tape opens at i × STEP and is known one step later. */
export function candleAt(i: number, [open, high, low, close]: Prices): Candle {
  return { slot: 0, openAt: i * STEP, closeAt: (i + 1) * STEP, open, high, low, close, volume: Number.NaN };
}

export function candlesOf(prices: readonly Prices[]): readonly Candle[] {
  return prices.map((each, i) => candleAt(i, each));
}

/** One candle per price, half a point to each side of it: enough to draw pivots. */
export function zigzag(...middles: readonly number[]): readonly Prices[] {
  return middles.map((middle) => [middle, middle + 0.5, middle - 0.5, middle]);
}

export function sessionAt(openAt: number): Session {
  const closeAt = openAt + PER_SESSION * STEP;
  const date = `day ${openAt / STEP / PER_SESSION}`;
  const whole = { entryFromAt: openAt, entryUntilAt: closeAt, squareOffAt: undefined };
  return { date, openAt, closeAt, openTimeOfDayMs: 0, ...whole };
}

/** A pivot that formed on candle `i` and was confirmed three candles later. */
export function pivotAt(i: number, dir: Dir, level: number): Pivot {
  const formedAt = i * STEP;
  return {
    kind: 'pivot',
    dir,
    formedAt,
    knownAt: formedAt + 4 * STEP,
    level,
    atr: undefined,
    takenAt: undefined,
  };
}

export type Heard = {
  readonly log: ListenedLog;
  readonly events: readonly StructureEvent[];
  /** What was told so far in short: `swept pool`; and forgets it. */
  take(): readonly string[];
  /** The instant at which candle `i` is known. */
  at(i: number): void;
};

/** A log that remembers what it is told. */
export function hear(): Heard {
  const log = createStructureLog();
  const events: StructureEvent[] = [];
  let told = 0;
  return {
    log,
    events,
    take() {
      const fresh = events.slice(told).map(({ what, kind }) => `${what} ${kind}`);
      told = events.length;
      return fresh;
    },
    at: (i) =>
      log.begin((i + 1) * STEP, (event) => {
        events.push(event);
      }),
  };
}

export type Run = { readonly structure: Structure; readonly events: readonly StructureEvent[] };

/** Folds a tape through one reused view, with a session every PER_SESSION candles; the view is spoilt after each call. */
export function fold(candles: readonly Candle[], options: Partial<StructureOptions> = {}): Run {
  const structure = createStructure({ tick: 0.01, ...options });
  const events: StructureEvent[] = [];
  const listen = (event: StructureEvent): void => {
    events.push(event);
  };
  const view = createCandleView(0);
  candles.forEach((candle, i) => {
    if (i % PER_SESSION === 0) structure.startSession(sessionAt(candle.openAt), true, listen);
    Object.assign(view, candle);
    structure.onCandle(view, candle.closeAt, listen);
    spoil(view);
  });
  return { structure, events };
}

function spoil(view: CandleView): void {
  for (const name of ['openAt', 'closeAt', 'open', 'high', 'low', 'close', 'volume'] as const) {
    view[name] = Number.NaN;
  }
}

/** Prices in whole ticks that wander in small steps, so that ties are common; low < open, close < high now and then. */
export const wanderings: fc.Arbitrary<readonly (readonly [number, number, number, number])[]> = fc.array(
  fc.tuple(
    fc.integer({ min: -6, max: 6 }),
    fc.integer({ min: -4, max: 4 }),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 3 }),
  ),
  { minLength: 1, maxLength: 200 },
);

/** A tape on a grid of `tick` around `base` ticks. */
export function tapeOf(
  steps: readonly (readonly [number, number, number, number])[],
  tick: number,
  base = 2000,
): readonly Candle[] {
  let close = base;
  return steps.map(([gap, move, above, below], i) => {
    const open = close + (gap % 3);
    close = open + move;
    const high = Math.max(open, close) + above;
    const low = Math.min(open, close) - below;
    return candleAt(i, [open * tick, high * tick, low * tick, close * tick]);
  });
}

/** Prices x become K − x: highs turn into lows, rises into falls. */
export function mirrored(candles: readonly Candle[], k: number): readonly Candle[] {
  return candles.map((candle) => ({
    ...candle,
    open: k - candle.open,
    high: k - candle.low,
    low: k - candle.high,
    close: k - candle.close,
  }));
}

/** A file of ../shared/oracle/market-structure/data, its rows one STEP apart: only their order matters. */
export function oracleCandles(name: string, count = Number.POSITIVE_INFINITY): readonly Candle[] {
  return oracleRows(`data/${name}.csv`)
    .slice(0, count)
    .map(([, open, high, low, close], i) =>
      candleAt(i, [Number(open), Number(high), Number(low), Number(close)]),
    );
}

/** Cells of a file of ../shared/oracle/market-structure, its header left out. */
export function oracleRows(file: string): readonly (readonly string[])[] {
  const text = readFileSync(sharedFile(`oracle/market-structure/${file}`), 'utf8').trimEnd();
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}
