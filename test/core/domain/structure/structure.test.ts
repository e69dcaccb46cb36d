import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../../src/core/domain/market/candle.ts';
import type { StructureEvent } from '../../../../src/core/domain/structure/log.ts';
import { objectId, type StructureObject } from '../../../../src/core/domain/structure/objects.ts';
import { createStructure } from '../../../../src/core/domain/structure/structure.ts';
import { SHARED } from '../../../shared.ts';
import {
  candleAt,
  candlesOf,
  fold,
  mirrored,
  oracleCandles,
  PER_SESSION,
  type Prices,
  STEP,
  sessionAt,
  tapeOf,
  wanderings,
  zigzag,
} from './tape.ts';

/** A power of two, so that mirrored prices and their differences are exact. */
const TICK = 0.25;
const STAMPS = /^(touched|mitigated|filled|swept|broken|reclaimed|superseded|final|taken|expired)At$/;

describe('createStructure', () => {
  it('tells the events of one candle in the order: life of objects, breaks, gap, pivots', () => {
    // Candle 3 makes the high 15.5; candle 11 closes above it, leaves a gap to candle 9 and confirms the low of candle 8.
    const tape = candlesOf([
      ...zigzag(10, 11, 12, 15, 12, 11, 10, 9, 8),
      [9, 9.5, 8.5, 9.2],
      [9.2, 15, 9.2, 15],
      [15, 17, 15, 16.5],
    ]);
    const { events } = fold(tape, { minGapAtr: 0 });
    const last = events
      .filter(({ knownAt }) => knownAt === 12 * STEP)
      .map(({ what, kind }) => `${what} ${kind}`);
    expect(last.slice(0, 4)).toEqual(['touched pivot', 'broken swing', 'formed break', 'formed gap']);
    expect(last.slice(4, 7)).toEqual(['formed pivot', 'final swing', 'formed swing']);
  });

  it("counts yesterday's levels and equal highs among the untaken ones, one for each price", () => {
    // Session 0 ends with its high of 20.5 made by candle 3; session 1 makes equal highs of 15.5.
    const day = [
      ...zigzag(10, 12, 15, 20, 15, 12, 10, 12),
      ...zigzag(...Array.from({ length: 32 }, () => 12)),
    ];
    const next = zigzag(10, 11, 12, 15, 12, 11, 10, 11, 12, 15, 12, 11, 10);
    const { structure } = fold(candlesOf([...day, ...next]), { tick: 0.05 });
    const above = structure.untakenLevels(1).map(({ kind, level }) => [kind, level]);
    expect(above.slice(0, 2)).toEqual([
      ['pool', 15.5],
      ['day', 20.5],
    ]);
  });

  it('no longer counts them once a candle has come to exactly their price', () => {
    const day = [
      ...zigzag(10, 12, 15, 20, 15, 12, 10, 12),
      ...zigzag(...Array.from({ length: 32 }, () => 12)),
    ];
    const next = zigzag(10, 11, 12, 15, 12, 11, 10, 11, 12, 15, 12, 11, 10);
    const touchPool = fold(candlesOf([...day, ...next, [10, 15.5, 10, 11]]), { tick: 0.05 }).structure;
    expect(touchPool.untakenLevels(1).map(({ kind, level }) => [kind, level])).toEqual([['day', 20.5]]);
    const touchDay = fold(candlesOf([...day, ...next, [10, 20.5, 10, 11]]), { tick: 0.05 }).structure;
    expect(touchDay.untakenLevels(1)).toEqual([]);
  });

  it('knows an average true range after 15 candles', () => {
    const flat = Array.from({ length: 15 }, (): Prices => [10, 11, 9, 10]);
    expect(fold(candlesOf(flat.slice(1))).structure.atr).toBeNaN();
    expect(fold(candlesOf(flat)).structure.atr).toBe(2);
  });

  it('builds no event while nobody listens, and folds the same', () => {
    const tape = tapeOf(
      Array.from({ length: 150 }, (_, i) => [i % 3, ((i * 7) % 9) - 4, i % 2, 1]),
      TICK,
    );
    const silent = createStructure({ tick: TICK });
    tape.forEach((candle, i) => {
      if (i % PER_SESSION === 0) silent.startSession(sessionAt(candle.openAt), true);
      silent.onCandle(candle, candle.closeAt);
    });
    const { structure } = fold(tape, { tick: TICK });
    expect(silent.untakenLevels(1)).toEqual(structure.untakenLevels(1));
    expect(silent.openGaps(1)).toEqual(structure.openGaps(1));
    expect(silent.clusters()).toEqual(structure.clusters());
    expect(silent.lastBreak).toEqual(structure.lastBreak);
  });

  it('keeps what it holds within bounds on a long climb', () => {
    const climb = Array.from({ length: 4000 }, (_, i): Prices => {
      const open = 100 + 4 * i;
      return i % 9 < 6 ? [open, open + 3, open, open + 3] : [open, open + 1, open - 30, open - 20];
    });
    const { structure, events } = fold(candlesOf(climb));
    expect(structure.untakenLevels(-1).length).toBeLessThanOrEqual(256 + 256 + 1);
    expect(structure.openGaps(1).length).toBeLessThanOrEqual(256 + 128);
    expect(structure.clusters().length).toBeLessThanOrEqual(200);
    expect(events.some(({ what }) => what === 'expired')).toBe(true);
  });
});

describe('laws of structure', () => {
  it('never rewrites: the events of every prefix are the prefix of the events', () => {
    fc.assert(
      fc.property(wanderings, fc.nat(), (steps, seed) => {
        const tape = tapeOf(steps, TICK);
        expectPrefix(tape, seed % tape.length, TICK);
      }),
    );
  });

  it('never rewrites: whatever comes after, what was known stays byte for byte', () => {
    fc.assert(
      fc.property(wanderings, wanderings, fc.nat(), (steps, others, seed) => {
        const cut = seed % steps.length;
        const kept = tapeOf(steps, TICK).slice(0, cut);
        const changed = tapeOf([...steps.slice(0, cut), ...others], TICK);
        const known = fold(kept, { tick: TICK }).events;
        const told = fold(changed, { tick: TICK }).events.slice(0, known.length);
        expect(JSON.stringify(told)).toBe(JSON.stringify(known));
      }),
    );
  });

  it('stamps once, and never before an object is known', () => {
    fc.assert(
      fc.property(wanderings, (steps) => {
        expectStamps(fold(tapeOf(steps, TICK), { tick: TICK, minGapAtr: 0 }).events);
      }),
    );
  });

  it('turns over with prices: x → K − x gives the mirrored log', () => {
    const k = 1024;
    fc.assert(
      fc.property(wanderings, (steps) => {
        const tape = tapeOf(steps, TICK).map(noDoji);
        const options = { tick: TICK, minGapAtr: 0 };
        const log = fold(tape, options).events.map((event) => turnedOver(event, k));
        const other = fold(mirrored(tape, k), options).events.map(({ what, object }) => ({
          what,
          ...facts(object),
        }));
        expect(sorted(other)).toEqual(sorted(log));
      }),
    );
  });

  it('moves with prices and with time: a scale of two and a shift of days change nothing else', () => {
    fc.assert(
      fc.property(wanderings, (steps) => {
        const tape = tapeOf(steps, TICK);
        const days = 30 * 86_400_000;
        const moved = tape.map((candle) => ({
          ...candle,
          openAt: candle.openAt + days,
          closeAt: candle.closeAt + days,
          open: candle.open * 2,
          high: candle.high * 2,
          low: candle.low * 2,
          close: candle.close * 2,
        }));
        const here = fold(tape, { tick: TICK }).events;
        const there = fold(moved, { tick: TICK * 2 }).events;
        expect(there.map(({ what, kind, knownAt }) => [what, kind, knownAt])).toEqual(
          here.map(({ what, kind, knownAt }) => [what, kind, knownAt + days]),
        );
        expect(there.map(({ object }) => object.level)).toEqual(here.map(({ object }) => object.level * 2));
      }),
    );
  });

  it('gives no NaN on degenerate tapes', () => {
    const flat = Array.from({ length: 60 }, (_, i) => candleAt(i, [5, 5, 5, 5]));
    const oneTick = Array.from({ length: 60 }, (_, i) =>
      candleAt(i, i % 2 === 0 ? [5, 5.01, 5, 5] : [5, 5, 4.99, 5]),
    );
    const limitUp = Array.from({ length: 60 }, (_, i) => candleAt(i, [5 + i, 5 + i, 5 + i, 5 + i]));
    for (const tape of [[], flat.slice(0, 1), flat, oneTick, limitUp]) {
      const { structure, events } = fold(tape, { minGapAtr: 0 });
      expect(JSON.stringify(events)).not.toMatch(/NaN|Infinity|null/);
      const numbers = [...structure.untakenLevels(1), ...structure.untakenLevels(-1)].map(
        ({ level }) => level,
      );
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
    expect(fold(flat).structure.atr).toBe(0);
  });
});

describe.skipIf(SHARED === undefined)('laws of structure on data (needs ../shared)', () => {
  it.each([
    ['EURUSD_15M', 1e-5],
    ['SYNA_5M', 0.05],
  ])('%s: prefixes, stamps, lags', (name, tick) => {
    const candles = oracleCandles(name, 2000);
    for (let k = 1; k <= 12; k += 1) expectPrefix(candles, (k * 977) % candles.length, tick);
    const { events } = fold(candles, { tick });
    expectStamps(events);
    expect(new Set(events.map(({ kind }) => kind)).size).toBe(7);
    for (const { object } of events) {
      if (object.kind === 'pivot' || object.kind === 'swing')
        expect(object.knownAt - object.formedAt).toBe(4 * STEP);
      if (object.kind === 'gap') expect(object.knownAt - object.formedAt).toBe(2 * STEP);
      if (object.kind === 'break') expect(object.knownAt - object.formedAt).toBe(STEP);
    }
  });
});

/** What a run over the first `cut` candles tells is exactly the beginning of what the whole run tells. */
function expectPrefix(tape: readonly Candle[], cut: number, tick: number): void {
  const whole = fold(tape, { tick }).events;
  const part = fold(tape.slice(0, cut), { tick }).events;
  expect(JSON.stringify(part)).toBe(JSON.stringify(whole.slice(0, part.length)));
  // The next session's levels are known at its open, the instant of the last candle before it.
  const rest = whole.slice(part.length).filter(({ kind }) => kind !== 'day');
  expect(rest.every(({ knownAt }) => knownAt > cut * STEP)).toBe(true);
}

function expectStamps(events: readonly StructureEvent[]): void {
  const known = new Map<string, Map<string, number>>();
  for (const { id, object, knownAt } of events) {
    expect(objectId(object)).toBe(id);
    expect(object.formedAt).toBeLessThan(object.knownAt);
    expect(object.knownAt).toBeLessThanOrEqual(knownAt);
    const stamps = known.get(id) ?? new Map<string, number>();
    known.set(id, stamps);
    for (const [name, value] of Object.entries(object)) {
      if (typeof value !== 'number' || !STAMPS.test(name)) continue;
      expect(value).toBeGreaterThanOrEqual(object.knownAt);
      expect(stamps.get(name) ?? value).toBe(value);
      stamps.set(name, value);
    }
    for (const name of stamps.keys()) expect(object).toHaveProperty(name, stamps.get(name));
  }
}

/** A doji that is a pivot on both sides has no order of its own, so it has no mirror. */
function noDoji(candle: Candle): Candle {
  if (candle.close !== candle.open) return candle;
  return { ...candle, close: candle.open + TICK, high: Math.max(candle.high, candle.open + TICK) };
}

/** What of an event survives comparison: ids and cluster centres bear prices that floating point may round. */
function facts(object: StructureObject) {
  const { kind, dir, formedAt, knownAt } = object;
  const level = kind === 'cluster' ? Math.round(object.level * 1e6) : object.level;
  return { kind, dir, formedAt, knownAt, level, ...('label' in object ? { label: object.label } : {}) };
}

const OTHER = { HH: 'LL', LL: 'HH', LH: 'HL', HL: 'LH' } as const;

function turnedOver({ what, object }: StructureEvent, k: number) {
  const { label, ...rest } = { label: undefined, ...facts(object) };
  const level = object.kind === 'cluster' ? Math.round((k - object.level) * 1e6) : k - object.level;
  const named = object.kind === 'swing' ? { label: label === undefined ? undefined : OTHER[label] } : {};
  return { what, ...rest, dir: -object.dir, level, ...named };
}

/** Inside a candle one side is told before the other: compare as a set. */
function sorted(log: readonly object[]): readonly string[] {
  return log.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort();
}
