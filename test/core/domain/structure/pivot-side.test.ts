import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPivotSide } from '../../../../src/core/domain/structure/pivot-side.ts';
import { createStructure } from '../../../../src/core/domain/structure/structure.ts';
import { candleAt, fold, hear, pivotAt, STEP, tapeOf, wanderings } from './tape.ts';

describe('createPivotSide', () => {
  it('keeps highs that price has not come back to, nearest last', () => {
    const { log, at } = hear();
    const side = createPivotSide(1, log);
    at(10);
    side.add(pivotAt(3, 1, 110), 0);
    side.add(pivotAt(7, 1, 105), 0);
    side.onCandle(candleAt(11, [100, 104.99, 99, 101]));
    expect(side.untaken.map(({ level }) => level)).toEqual([110, 105]);
  });

  it('counts a level as taken by the candle that trades exactly at it', () => {
    const { log, at, events } = hear();
    const side = createPivotSide(1, log);
    at(10);
    side.add(pivotAt(3, 1, 110), 0);
    side.add(pivotAt(7, 1, 105), 0);
    at(11);
    side.onCandle(candleAt(11, [100, 105, 99, 101]));
    expect(side.untaken.map(({ level }) => level)).toEqual([110]);
    expect(events.map(({ what, object }) => [what, object.level])).toEqual([['touched', 105]]);
    expect(events[0]?.object).toMatchObject({ takenAt: 12 * STEP });
  });

  it('counts a plateau as taken by its own later candles', () => {
    const { log, at, take } = hear();
    const side = createPivotSide(-1, log);
    at(10);
    side.add(pivotAt(7, -1, 95), 1);
    expect(side.untaken).toEqual([]);
    expect(take()).toEqual(['touched pivot']);
  });

  it('finds the last pivot beyond a price, taken or not', () => {
    const { log, at } = hear();
    const lows = createPivotSide(-1, log);
    at(10);
    lows.add(pivotAt(1, -1, 90), 0);
    lows.add(pivotAt(5, -1, 95), 0);
    lows.onCandle(candleAt(11, [96, 97, 94, 96]));
    expect(lows.lastBeyond(96)?.level).toBe(95);
    expect(lows.lastBeyond(95)?.level).toBe(90);
    expect(lows.lastBeyond(90)).toBeUndefined();
  });

  it('lets go of the oldest beyond 256', () => {
    const { log, at, take } = hear();
    const side = createPivotSide(1, log);
    at(10);
    for (let i = 0; i < 257; i += 1) side.add(pivotAt(i, 1, 1000 - i), 0);
    expect(side.untaken).toHaveLength(256);
    expect(take()).toEqual(['expired pivot']);
    expect(side.untaken[0]?.level).toBe(999);
  });
});

describe('pivots of a tape', () => {
  it('are untaken, and last beyond a price, exactly as the definition says', () => {
    fc.assert(
      fc.property(wanderings, (steps) => {
        const tape = tapeOf(steps, 0.25);
        const { structure, events } = fold(tape, { tick: 0.25 });
        const close = tape.at(-1)?.close ?? 0;
        for (const dir of [1, -1] as const) {
          const formed = events.filter(({ kind, what }) => kind === 'pivot' && what === 'formed');
          const own = formed.map(({ object }) => object).filter((object) => object.dir === dir);
          const untaken = own.filter(({ formedAt, level }) =>
            tape
              .slice(formedAt / STEP + 1)
              .every(({ high, low }) => (dir === 1 ? high < level : low > level)),
          );
          const found = structure.untakenLevels(dir).filter(({ kind }) => kind === 'pivot');
          const known = new Set(untaken.map(({ level }) => level));
          expect(found.every(({ level }) => known.has(level))).toBe(true);
          // A pool or yesterday's extreme at the same price stands for the pivot.
          const prices = new Set(structure.untakenLevels(dir).map(({ level }) => level));
          expect(untaken.every(({ level }) => prices.has(level))).toBe(true);
          const beyond = own.filter(({ level }) => (level - close) * dir > 0).at(-1);
          expect(structure.lastPivotBeyond(dir, close)?.level).toBe(beyond?.level);
        }
      }),
    );
  });

  it('start empty', () => {
    const structure = createStructure({ tick: 0.05 });
    expect(structure.untakenLevels(1)).toEqual([]);
    expect(structure.lastPivotBeyond(-1, 100)).toBeUndefined();
  });
});
